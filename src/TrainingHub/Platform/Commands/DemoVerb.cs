using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Commands;

/// <summary>Moves the application's clock, in Demo only, so that a survey due in three months can be seen today.</summary>
internal sealed partial class DemoVerb(TimeProvider clock) : IVerb
{
    public static string Name => "demo clock";

    public static string Usage => "demo clock [+92d | +3h | +2w | +3mo | reset]";

    /// <summary>The instant that a step such as +92d leads to; null when it is not a step. Months are calendar months.</summary>
    public static DateTimeOffset? Moved(DateTimeOffset from, string step)
    {
        var match = Step().Match(step);
        if (!match.Success)
        {
            return null;
        }

        var count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "h" => from.AddHours(count),
            "d" => from.AddDays(count),
            "w" => from.AddDays(7 * count),
            _ => from.AddMonths(count),
        };
    }

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (clock is not DemoClock demo)
        {
            throw new SetUpException("The clock can be moved only in the environment Demo (ASPNETCORE_ENVIRONMENT=Demo).");
        }

        if (args.Length > 1)
        {
            throw new UsageException($"One step at a time: {string.Join(' ', args)} is more than one.");
        }

        if (args is ["reset"])
        {
            demo.MoveTo(TimeSpan.Zero);
        }
        else if (args is [var step])
        {
            var now = demo.GetUtcNow();
            var then = Moved(now, step) ?? throw new UsageException($"{step} is not a step: give a plus, a number up to 9999, and h, d, w or mo.");
            demo.MoveTo(demo.Offset + (then - now));
        }

        await Console.Out.WriteLineAsync(Describe(demo));
        return 0;
    }

    private static string Describe(DemoClock demo) => demo.Offset == TimeSpan.Zero
        ? $"The clock shows {demo.GetUtcNow():yyyy-MM-dd HH:mm} UTC, the real time."
        : string.Create(CultureInfo.InvariantCulture, $"The clock shows {demo.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {demo.Offset.TotalDays:0.##} days ahead of the real time.");

    [GeneratedRegex(@"^\+([0-9]{1,4})(h|d|w|mo)$")]
    private static partial Regex Step();
}
