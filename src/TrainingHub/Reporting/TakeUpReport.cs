using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Reporting;

/// <param name="Group">sector, organisation, course or area.</param>
/// <param name="Booked">Confirmed places of delivered dates for which the register says whether the delegate came.</param>
/// <param name="Attended">Of them, those whose delegate came for all or part.</param>
/// <param name="Coming">Confirmed places of dates that are not over; not in <paramref name="Booked"/>.</param>
/// <param name="Unmarked">Confirmed places of delivered dates that have no mark; not in <paramref name="Booked"/>.</param>
internal sealed record TakeUpRow(string Group, string Name, int Booked, int Attended, int Coming, int Unmarked);

/// <summary>Of those who had booked, how many came. Cancelled dates are left out, and what is not known yet is counted apart.</summary>
internal sealed record TakeUpReport(IReadOnlyList<TakeUpRow> Rows)
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.take_up.sql");

    public TextTable Table => new(["group", "name", "booked", "attended", "percent"],
        [.. Rows.Select(row => new[]
        {
            row.Group, row.Name, ReportNumbers.Number(row.Booked), ReportNumbers.Number(row.Attended), ReportNumbers.Percent(row.Attended, row.Booked),
        })]);

    public static async Task<TakeUpReport> ReadAsync(NpgsqlDataSource database, ReportFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        filter.AddTo(command.Parameters);
        command.Parameters.Add(new("now", now));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<TakeUpRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(reader.GetString(0), reader.GetString(1), Int(2), Int(3), Int(4), Int(5)));
        }

        return new(rows);

        int Int(int column) => (int)reader.GetInt64(column);
    }
}
