using Npgsql;
using TrainingHub.Platform.Data;

namespace TrainingHub.Reporting;

/// <param name="Invariant">What must hold, one sentence.</param>
/// <param name="Broken">How many rows break it.</param>
/// <param name="Example">The first of them: references and ids, no names.</param>
/// <param name="IsWarning">To be looked at, and not wrong by itself.</param>
internal sealed record AuditLine(string Invariant, int Broken, string? Example, bool IsWarning)
{
    public bool IsWrong => Broken > 0 && !IsWarning;
}

/// <summary>
/// Checks every invariant of the database. Each is a query in Sql/Invariants that must return no row; its first line says in
/// words what holds, and "Warning:" in the second why a row is no fault by itself.
/// </summary>
internal static class Audit
{
    public static async Task<List<AuditLine>> RunAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        var lines = new List<AuditLine>();
        await using var connection = await database.OpenConnectionAsync(ct);
        foreach (var file in SqlFile.In("TrainingHub.Reporting.Sql.Invariants"))
        {
            lines.Add(await CheckAsync(connection, SqlFile.Read(file), now, ct));
        }

        return lines;
    }

    private static async Task<AuditLine> CheckAsync(NpgsqlConnection connection, string sql, DateTimeOffset now, CancellationToken ct)
    {
        // The chain of history is read from its first entry on.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        if (sql.Contains("@now", StringComparison.Ordinal))
        {
            command.Parameters.Add(new("now", now));
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var (broken, example) = (0, default(string));
        while (await reader.ReadAsync(ct))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            example ??= string.Join(", ", row);
            broken++;
        }

        var head = sql.Split('\n', 3);
        return new(head[0].TrimStart('-', ' '), broken, example, head[1].StartsWith("-- Warning:", StringComparison.Ordinal));
    }
}
