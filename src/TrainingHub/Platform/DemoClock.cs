using System.Globalization;

namespace TrainingHub.Platform;

/// <summary>
/// The application's clock in Demo: real time plus an offset that is in a file, so that a running server, its jobs and
/// the command line move together. A change is seen by every process within half a second.
/// </summary>
internal sealed class DemoClock(string dataFolder) : TimeProvider
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(500);

    private readonly string _file = Path.Combine(dataFolder, "clock");
    private readonly Lock _reading = new();
    private long? _lastRead;
    private TimeSpan _offset;

    public TimeSpan Offset
    {
        get
        {
            lock (_reading)
            {
                if (_lastRead is null || System.GetElapsedTime(_lastRead.Value) > ReadEvery)
                {
                    _offset = Read();
                    _lastRead = System.GetTimestamp();
                }

                return _offset;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>Writes the offset for every process that uses the data folder.</summary>
    public void MoveTo(TimeSpan offset)
    {
        lock (_reading)
        {
            Directory.CreateDirectory(dataFolder);
            var unfinished = _file + ".new";
            File.WriteAllText(unfinished, offset.ToString("c", CultureInfo.InvariantCulture));
            File.Move(unfinished, _file, overwrite: true);
            _lastRead = null;
        }
    }

    private TimeSpan Read() =>
        File.Exists(_file) && TimeSpan.TryParseExact(File.ReadAllText(_file).Trim(), "c", CultureInfo.InvariantCulture, out var offset)
            ? offset
            : TimeSpan.Zero;
}
