using System.Globalization;

namespace TrainingHub.Platform;

/// <summary>
/// The application's clock in Demo: real time plus an offset that is in a file, so that a running server, its jobs and
/// the command line move together. A change is seen by every process within half a second.
/// </summary>
internal sealed class DemoClock(string dataFolder) : TimeProvider
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(500);

    private readonly string file = Path.Combine(dataFolder, "clock");
    private readonly Lock reading = new();
    private long? lastRead;
    private TimeSpan offset;

    public TimeSpan Offset
    {
        get
        {
            lock (reading)
            {
                if (lastRead is null || System.GetElapsedTime(lastRead.Value) > ReadEvery)
                {
                    offset = Read();
                    lastRead = System.GetTimestamp();
                }

                return offset;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>Writes the offset for every process that uses the data folder.</summary>
    public void MoveTo(TimeSpan offset)
    {
        lock (reading)
        {
            Directory.CreateDirectory(dataFolder);
            var unfinished = file + ".new";
            File.WriteAllText(unfinished, offset.ToString("c", CultureInfo.InvariantCulture));
            File.Move(unfinished, file, overwrite: true);
            lastRead = null;
        }
    }

    private TimeSpan Read() =>
        File.Exists(file) && TimeSpan.TryParseExact(File.ReadAllText(file).Trim(), "c", CultureInfo.InvariantCulture, out var offset)
            ? offset
            : TimeSpan.Zero;
}

internal static class RealTime
{
    /// <summary>What goes by the time of day that people's telephones show, also in Demo, where a tester moves the clock by months: sessions and codes.</summary>
    public static TimeProvider Real(this TimeProvider clock) => clock is DemoClock ? TimeProvider.System : clock;
}
