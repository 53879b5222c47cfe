namespace TrainingHub.Platform;

/// <summary>What sessions of staff go by: the application's clock, but in Demo, where a tester moves that one by months, the real time.</summary>
internal sealed class SessionClock(TimeProvider clock) : TimeProvider
{
    private readonly TimeProvider inner = clock.Real();

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();
}
