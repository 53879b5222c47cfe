using System.Globalization;
using Npgsql;
using TrainingHub.Platform.Files;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Reporting;

/// <summary>
/// A month of course dates and a course, in money of its places (the view place_money). Charged = the prices of confirmed places;
/// outstanding = charged − paid + refunded, below zero when money is still to go back.
/// </summary>
internal sealed record IncomeRow(string Month, string Course, int Places, Money Charged, Money Paid, Money Refunded)
{
    /// <summary>"December 2026"; a file has "2026-12".</summary>
    public string MonthWords => London.MonthWords(DateOnly.ParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture));

    public Money Outstanding => new(Charged.Pence - Paid.Pence + Refunded.Pence);
}

/// <summary>Income by month and course, in whole pence until it is printed.</summary>
internal sealed record IncomeReport(IReadOnlyList<IncomeRow> Rows)
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.income.sql");

    public TextTable Table => new(["month", "course", "places", "charged", "paid", "refunded", "outstanding"],
        [.. Rows.Select(row => new[]
        {
            row.Month, row.Course, ReportNumbers.Number(row.Places),
            row.Charged.Amount, row.Paid.Amount, row.Refunded.Amount, row.Outstanding.Amount,
        })]);

    public static async Task<IncomeReport> ReadAsync(NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        filter.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<IncomeRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(reader.GetString(0), reader.GetString(1), (int)reader.GetInt64(2), Pence(3), Pence(4), Pence(5)));
        }

        return new(rows);

        Money Pence(int column) => new(checked((int)reader.GetInt64(column)));
    }
}
