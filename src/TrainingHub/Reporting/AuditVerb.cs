using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;

namespace TrainingHub.Reporting;

/// <summary>
/// Checks every invariant, one line each, and that history has not changed before each seal that is given; exit code 1 when anything is
/// broken. The last line is the seal of today.
/// </summary>
internal sealed class AuditVerb(NpgsqlDataSource database, TimeProvider clock) : IVerb
{
    public static string Name => "audit";

    public static string Usage => "audit [SEAL…]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var seals = args.Select(word => HistorySeal.Parse(word) ?? throw new UsageException($"“{word}” is no seal of history, such as an audit prints: a number, a colon and 64 digits.")).ToList();
        var isWrong = false;
        foreach (var line in await Audit.RunAsync(database, clock.GetUtcNow(), ct))
        {
            isWrong |= line.IsWrong;
            await Console.Out.WriteLineAsync(line.Broken == 0
                ? $"ok      {line.Invariant}"
                : $"{(line.IsWarning ? "LOOK AT" : "BROKEN ")} {line.Invariant}: {line.Broken}, first {line.Example}");
        }

        foreach (var seal in seals)
        {
            var holds = await seal.HoldsAsync(database, ct);
            isWrong |= !holds;
            await Console.Out.WriteLineAsync($"{(holds ? "ok     " : "BROKEN ")} History up to entry {seal.Number} is what it was when its seal was noted");
        }

        await Console.Out.WriteLineAsync($"seal    {(await HistorySeal.ReadAsync(database, ct)).Words}");
        return isWrong ? 1 : 0;
    }
}
