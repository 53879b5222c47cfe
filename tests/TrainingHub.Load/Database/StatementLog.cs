using System.Text.RegularExpressions;
using Npgsql;

namespace TrainingHub.Load.Database;

/// <summary>A statement that the application sent, with the values of its parameters as the server wrote them; null is null.</summary>
internal sealed record SentStatement(string Sql, IReadOnlyList<string?> Values);

/// <summary>
/// What the application asks of the database while something is done, from the server's own log: a benchmark's ceiling runs
/// exactly this, so it cannot fall behind the code. Left out is what the driver sends to clean a connection,
/// and to see whether one that lay idle is alive: when it does so is not the page's.
/// </summary>
internal sealed partial class StatementLog(NpgsqlDataSource database)
{
    private const int MostTries = 10;

    /// <summary>
    /// What two journeys sent that sent the same statements. What the program does now and then, whoever comes, falls into some; then
    /// two others are tried.
    /// </summary>
    /// <param name="next">The number of the next journey.</param>
    /// <param name="journey">One whole journey.</param>
    public async Task<(int A, List<SentStatement> First, int B, List<SentStatement> Second)> CaptureTwoAsync(
        Func<int> next, Action<int> journey, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (a, b) = (next(), next());
            var first = await CaptureAsync(() => journey(a), ct);
            var second = await CaptureAsync(() => journey(b), ct);
            if (attempt == MostTries || first.Select(one => one.Sql).SequenceEqual(second.Select(one => one.Sql)))
            {
                return (a, first, b, second);
            }
        }
    }

    public async Task<List<SentStatement>> CaptureAsync(Action act, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var folder = new NpgsqlCommand("show data_directory", connection);
        var log = Path.Combine((string)(await folder.ExecuteScalarAsync(ct))!, "server.log");
        await SetAsync(connection, "alter system set log_line_prefix = '@@%p '", "alter system set log_statement = 'all'");
        // A setting reaches each connection with its next statement; one that is in the middle of nothing takes it at once.
        await Task.Delay(200, ct);
        var from = new FileInfo(log).Length;
        act();
        await SetAsync(connection, "alter system reset log_statement", "alter system reset log_line_prefix");
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = from;
        using var reader = new StreamReader(file);
        return [.. Read(await reader.ReadToEndAsync(ct), connection.ProcessID).Where(statement => !IsCleaning(statement.Sql))];

        async Task SetAsync(NpgsqlConnection on, params string[] settings)
        {
            foreach (var setting in settings.Append("select pg_reload_conf()"))
            {
                await using var command = new NpgsqlCommand(setting, on);
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    /// <param name="log">Entries "@@process LOG:  statement: …" or "execute name: …", the latter followed by a DETAIL with the values.</param>
    /// <param name="except">The process whose statements do not count.</param>
    internal static IEnumerable<SentStatement> Read(string log, int except)
    {
        SentStatement? last = null;
        foreach (Match entry in Entry().Matches(log))
        {
            if (entry.Groups["process"].Value == $"{except}")
            {
                continue;
            }

            var words = entry.Groups["words"].Value.TrimEnd('\n').Replace("\n\t", "\n", StringComparison.Ordinal);
            if (entry.Groups["kind"].Value == "DETAIL")
            {
                if (last is not null)
                {
                    last = last with { Values = [.. Value().Matches(words).Select(ValueOf)] };
                }

                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            var sent = Sent().Match(words);
            last = sent.Success ? new(sent.Groups["sql"].Value, []) : null;
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    private static string? ValueOf(Match value) =>
        value.Groups["text"].Success ? value.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal) : null;

    private static bool IsCleaning(string sql) => Cleaning().IsMatch(sql);

    [GeneratedRegex(@"^@@(?<process>\d+) (?<kind>[A-Z]+):  (?<words>.*(?:\n(?!@@).*)*)", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?:statement|execute [^:\n]+): (?<sql>[\s\S]*)$")]
    private static partial Regex Sent();

    [GeneratedRegex(@"\$\d+ = (?:'(?<text>(?:[^']|'')*)'|NULL)")]
    private static partial Regex Value();

    [GeneratedRegex(@"^(DISCARD|RESET|CLOSE|UNLISTEN|SET SESSION AUTHORIZATION|SELECT pg_advisory_unlock_all|DEALLOCATE|select 1$)")]
    private static partial Regex Cleaning();
}
