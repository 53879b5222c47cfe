using System.Globalization;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Reporting;

/// <summary>What a line of the income report stands for.</summary>
internal enum IncomeBy
{
    MonthAndCourse,
    Month,
    Course,
    Organisation,
    Year,
}

/// <summary>
/// The money of the ledger for the places of one line. Outstanding = charged, less what was written off and what was paid and not paid
/// back; below nought when money is still to go back.
/// </summary>
/// <param name="Month">Of the course dates; null where a line is of several.</param>
/// <param name="What">The course, the organisation or the year; null where the month alone says it.</param>
internal sealed record IncomeRow(DateOnly? Month, string? What, int Places, Money Charged, Money Paid, Money Refunded, Money WrittenOff)
{
    /// <summary>"December 2026"; a file has "2026-12".</summary>
    public string MonthWords => Month is { } month ? London.MonthWords(month) : "";

    public Money Outstanding => new(Charged.Pence - WrittenOff.Pence - Paid.Pence + Refunded.Pence);
}

/// <summary>Income in whole pence until it is printed.</summary>
internal sealed record IncomeReport(IncomeBy By, IReadOnlyList<IncomeRow> Rows)
{
    /// <summary>As addresses and the command line call it, and staff read it. The first is the usual one.</summary>
    public static readonly (string Name, string Words, IncomeBy By)[] ByNames =
    [
        ("month-and-course", "Month and course", IncomeBy.MonthAndCourse), ("month", "Month", IncomeBy.Month), ("course", "Course", IncomeBy.Course),
        ("organisation", "Organisation", IncomeBy.Organisation), ("year", "Year", IncomeBy.Year),
    ];

    public const string NoOrganisation = "No organisation";

    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.income.sql");

    public TextTable Table => new(
        [.. Headings(By), "places", "charged", "paid", "refunded", "outstanding", "written_off"],
        [.. Rows.Select(row => new[]
        {
            row.Month?.ToString("yyyy-MM", CultureInfo.InvariantCulture), row.What,
        }.OfType<string>().Concat(
        [
            ReportNumbers.Number(row.Places), row.Charged.Amount, row.Paid.Amount, row.Refunded.Amount, row.Outstanding.Amount, row.WrittenOff.Amount,
        ]).ToArray())]);

    public static IReadOnlyList<string> Headings(IncomeBy by) => by switch
    {
        IncomeBy.MonthAndCourse => ["month", "course"],
        IncomeBy.Month => ["month"],
        IncomeBy.Course => ["course"],
        IncomeBy.Organisation => ["organisation"],
        IncomeBy.Year => ["year"],
    };

    public static async Task<IncomeReport> ReadAsync(NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        filter.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var parts = new List<Part>();
        while (await reader.ReadAsync(ct))
        {
            parts.Add(Part.Of(reader));
        }

        return new(
            filter.By,
            [
                .. parts.GroupBy(part => part.KeyOf(filter.By))
                    .OrderBy(line => line.Key.Month).ThenBy(line => line.Key.What, StringComparer.OrdinalIgnoreCase)
                    .Select(line => Row(line.Key.Month, line.Key.What, line))
                    .Where(row => row.Places > 0 || row.Charged.Pence != 0 || row.Paid.Pence != 0),
            ]);
    }

    private static IncomeRow Row(DateOnly? month, string? what, IEnumerable<Part> parts)
    {
        Money Sum(Func<Part, long> sum) => new(checked((int)parts.Sum(sum)));
        return new(month, what, (int)parts.Sum(part => part.Places), Sum(part => part.Charged), Sum(part => part.Paid), Sum(part => part.Refunded), Sum(part => part.WrittenOff));
    }

    private sealed record Part(DateOnly Month, Guid CourseId, string Course, string Organisation, long Places, long Charged, long Paid, long Refunded, long WrittenOff)
    {
        public static Part Of(NpgsqlDataReader reader)
        {
            long Number(string name) => reader.GetInt64(reader.GetOrdinal(name));
            return new(
                reader.GetFieldValue<DateOnly>(reader.GetOrdinal("month")), (Guid)reader["course_id"], (string)reader["title"], (string)reader["organisation"],
                Number("places"), Number("charged"), Number("paid"), Number("refunded"), Number("written_off"));
        }

        /// <summary>Two courses of one title are two lines.</summary>
        public (DateOnly? Month, string? What, Guid Id) KeyOf(IncomeBy by) => by switch
        {
            IncomeBy.MonthAndCourse => (Month, Course, CourseId),
            IncomeBy.Month => (Month, null, default),
            IncomeBy.Course => (null, Course, CourseId),
            IncomeBy.Organisation => (null, Organisation.Length > 0 ? Organisation : NoOrganisation, default),
            IncomeBy.Year => (null, FinancialYear.Of(Month).ToString(), default),
        };
    }
}
