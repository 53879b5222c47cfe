using System.Globalization;
using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform;

/// <summary>
/// Prints how long everything is kept and how many rows would go now and within 30 days, as the page of staff shows it. It removes nothing:
/// the jobs do, and "work --once" runs one.
/// </summary>
internal sealed class RetentionVerb(ApplyRetention retention, RetentionRules rules) : IVerb
{
    public static string Name => "retention";

    public static string Usage => "retention [--dry-run]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not ([] or ["--dry-run"]))
        {
            throw new UsageException("It only counts. What is over is removed by the jobs: work --once JOB.");
        }

        await Console.Out.WriteLineAsync("rule,now,next_30_days,kept,job");
        foreach (var count in await retention.CountAsync(ct))
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{count.Rule.Key},{count.Now},{count.Soon},\"{rules[count.Rule.Key]}\",{count.Rule.Job}"));
        }

        return 0;
    }
}
