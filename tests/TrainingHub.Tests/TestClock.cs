namespace TrainingHub.Tests;

/// <summary>A clock that stands still until a test moves it, and only forward. It starts on a Monday in winter, 10:00 in London.</summary>
public sealed class TestClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly Lock _moving = new();
    private DateTimeOffset _now = Start;

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_moving)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan by) => MoveTo(Now + by);

    public void MoveTo(DateTimeOffset then)
    {
        lock (_moving)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(then, _now);
            _now = then.ToUniversalTime();
        }
    }
}
