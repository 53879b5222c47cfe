namespace TrainingHub.Tests;

/// <summary>A clock that stands still until a test moves it, and only forward. It starts on a Monday in winter, 10:00 in London.</summary>
public sealed class TestClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly Lock moving = new();
    private DateTimeOffset now = Start;

    /// <summary>How far it goes on by itself whenever it is looked at, as any other clock does; nought at first.</summary>
    public TimeSpan Step { get; set; }

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (moving)
        {
            return now += Step;
        }
    }

    public void Advance(TimeSpan by) => MoveTo(Now + by);

    public void MoveTo(DateTimeOffset then)
    {
        lock (moving)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(then, now);
            now = then.ToUniversalTime();
        }
    }
}
