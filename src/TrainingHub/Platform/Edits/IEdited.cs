namespace TrainingHub.Platform;

/// <summary>
/// A record of the programme that staff edit. Each act raises its version by one and writes one entry of history, so that whoever
/// opened an earlier version can be told what was done since.
/// </summary>
internal interface IEdited
{
    Guid Id { get; }

    /// <summary>A concurrency token: of two acts on one version, the second is refused.</summary>
    int Version { get; }

    /// <summary>From then on it is not offered for anything new; what it was used for stays as it is.</summary>
    DateTimeOffset? ArchivedAt { get; }

    void Archive(DateTimeOffset now);

    void Restore();
}
