using System.Globalization;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Reporting;

/// <summary>A line of the report on learning. What its numbers count depends on the group.</summary>
/// <param name="Group">recommendation, change, theme, sector, area or organisation.</param>
/// <param name="Name"></param>
/// <param name="Detail">Of a recommendation its words, of a change its source, of a theme the courses that teach it; else null.</param>
/// <param name="Since">Of a change the day from which it holds; of an organisation the last date on which it had somebody.</param>
/// <param name="Dates">Dates delivered; of a recommendation its actions.</param>
/// <param name="Attended">Places attended; of a recommendation its open actions, of an organisation those before the change.</param>
/// <param name="Coming">Dates to come of a change or a theme; else places on them.</param>
internal sealed record LearningRow(string Group, string Name, string? Detail, DateOnly? Since, int Dates, int Attended, int Coming);

/// <summary>
/// Where learning from reviews has arrived: recommendations for which no course was changed, what was taught since each change, whom it
/// reached, and who was trained before it and has sent nobody since. Read it as a list of questions, not as a score.
/// </summary>
internal sealed record LearningReport(IReadOnlyList<LearningRow> Rows)
{
    public const string Recommendation = "recommendation";
    public const string Change = "change";
    public const string Theme = "theme";
    public const string Sector = "sector";
    public const string Area = "area";
    public const string Organisation = "organisation";

    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.learning.sql");

    public TextTable Table => new(["group", "name", "detail", "since", "dates", "attended", "coming"],
        [.. Rows.Select(row => new[]
        {
            row.Group, row.Name, row.Detail ?? "", row.Since?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            ReportNumbers.Number(row.Dates), ReportNumbers.Number(row.Attended), ReportNumbers.Number(row.Coming),
        })]);

    public IReadOnlyList<LearningRow> Of(string group) => [.. Rows.Where(row => row.Group == group)];

    public static async Task<LearningReport> ReadAsync(NpgsqlDataSource database, ReportFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        filter.AddTo(command.Parameters);
        command.Parameters.Add(new("now", now));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<LearningRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3),
                Int(4), Int(5), Int(6)));
        }

        return new(rows);

        int Int(int column) => (int)reader.GetInt64(column);
    }
}
