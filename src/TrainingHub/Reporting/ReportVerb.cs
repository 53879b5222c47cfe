using System.Text;
using Npgsql;
using TrainingHub.Platform.Commands;

namespace TrainingHub.Reporting;

/// <summary>Prints a report on standard output, with the same figures as its page. Without a period it counts all dates.</summary>
internal sealed class ReportVerb(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock) : IVerb
{
    private static readonly string[] Options = ["--year", "--from", "--to", "--area", "--course", "--sector", "--by", "--format"];

    public static string Name => "report";

    public static string Usage =>
        "report programme|take-up|income|impact|moments|learning|providers [--year 2024/25 | --from DATE --to DATE] [--area A] [--course C] [--sector S] [--by month-and-course|month|course|organisation|year] [--format csv|json]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is [] || !Reports.Names.Contains(args[0]))
        {
            throw new UsageException($"Which report? {Usage}");
        }

        var given = ReadOptions(args[1..]);
        var format = given.GetValueOrDefault("--format") ?? "csv";
        if (format is not ("csv" or "json"))
        {
            throw new UsageException($"--format is csv or json, not {format}.");
        }

        var query = new ReportQuery(
            given.GetValueOrDefault("--year"), given.GetValueOrDefault("--from"), given.GetValueOrDefault("--to"),
            given.GetValueOrDefault("--area"), given.GetValueOrDefault("--course"), given.GetValueOrDefault("--sector"), given.GetValueOrDefault("--by"));
        var (filter, errors) = await ReportFilter.ReadAsync(db, args[0], query, ct);
        if (filter is null)
        {
            throw new UsageException(string.Join(Environment.NewLine, errors.Select(error => $"--{error.Name}: {error.Message}.")));
        }

        var table = await Reports.ReadAsync(args[0], db, database, filter, clock.GetUtcNow(), ct);
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(format == "json" ? Encoding.UTF8.GetBytes(table.ToJson()) : table.ToCsvFile(), ct);
        return 0;
    }

    private static Dictionary<string, string> ReadOptions(string[] words)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            var (name, value) = words[i].Split('=', 2) is [var left, var right] ? (left, right) : (words[i], null);
            if (!Options.Contains(name))
            {
                throw new UsageException($"“{words[i]}” is not an option of report. {Usage}");
            }

            value ??= i + 1 < words.Length ? words[++i] : throw new UsageException($"{name} needs a value. {Usage}");
            if (!given.TryAdd(name, value))
            {
                throw new UsageException($"{name} is given twice.");
            }
        }

        return given;
    }
}
