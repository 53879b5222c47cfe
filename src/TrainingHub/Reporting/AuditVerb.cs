using Npgsql;
using TrainingHub.Platform.Commands;

namespace TrainingHub.Reporting;

/// <summary>Checks every invariant, one line each; exit code 1 when any is broken.</summary>
internal sealed class AuditVerb(NpgsqlDataSource database, TimeProvider clock) : IVerb
{
    public static string Name => "audit";

    public static string Usage => "audit";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args.Length > 0)
        {
            throw new UsageException("audit takes no words.");
        }

        var lines = await Audit.RunAsync(database, clock.GetUtcNow(), ct);
        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(line.Broken == 0
                ? $"ok      {line.Invariant}"
                : $"BROKEN  {line.Invariant}: {line.Broken}, first {line.Example}");
        }

        return lines.Exists(line => line.Broken > 0) ? 1 : 0;
    }
}
