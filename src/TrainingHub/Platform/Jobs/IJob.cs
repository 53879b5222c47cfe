namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Work that is done again and again. It claims few due rows, re-checks them, acts, and is safe to run twice or on two
/// machines. Its name is the class's name; it is made anew, in a scope of its own, for every run.
/// </summary>
internal interface IJob
{
    static abstract TimeSpan Every { get; }

    /// <summary>Returns how many rows it handled.</summary>
    Task<int> RunAsync(CancellationToken ct);
}
