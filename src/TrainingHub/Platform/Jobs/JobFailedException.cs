namespace TrainingHub.Platform.Jobs;

/// <summary>A job could not do its work, in words for staff: what failed, what that means, what to do. The cause is for the log.</summary>
internal sealed class JobFailedException(string words, Exception cause) : Exception(words, cause);

/// <summary>
/// A job did what it could; the rest waits for somebody else and is tried again by itself. In words for staff. No failure: nobody here
/// has to act.
/// </summary>
internal sealed class JobWaitsException(string words, int handled) : Exception(words)
{
    public int Handled => handled;
}

/// <summary>What a run came to. <c>Waits</c>: what is left and is tried again, in words for staff; null when nothing is.</summary>
internal sealed record JobOutcome(int Handled, string? Waits = null);
