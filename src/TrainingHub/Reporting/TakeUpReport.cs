using Npgsql;
using TrainingHub.Platform.Data;

namespace TrainingHub.Reporting;

/// <param name="Group">sector, organisation, course or area.</param>
/// <param name="Attended">Of the booked places, those whose delegate came for all or part.</param>
internal sealed record TakeUpRow(string Group, string Name, int Booked, int Attended);

/// <summary>Who books and who comes, on dates in the period that were not cancelled.</summary>
internal sealed record TakeUpReport(IReadOnlyList<TakeUpRow> Rows)
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.take_up.sql");

    public ReportTable Table => new(["group", "name", "booked", "attended", "percent"],
        [.. Rows.Select(row => new[]
        {
            row.Group, row.Name, ReportTable.Number(row.Booked), ReportTable.Number(row.Attended), ReportTable.Percent(row.Attended, row.Booked),
        })]);

    public static async Task<TakeUpReport> ReadAsync(NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        filter.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<TakeUpRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(reader.GetString(0), reader.GetString(1), (int)reader.GetInt64(2), (int)reader.GetInt64(3)));
        }

        return new(rows);
    }
}
