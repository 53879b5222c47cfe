namespace TrainingHub.Platform.Email;

/// <summary>Few claimed emails. Those that may have been refused because of us wait for what becomes of the others.</summary>
internal sealed class EmailBatch(List<OutgoingEmail> claimed)
{
    private int at;

    public List<(OutgoingEmail Email, string? Error)> Doubtful { get; } = [];

    /// <summary>The mail server took an email, so that it does not refuse us.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Nothing more is tried now.</summary>
    public bool IsOver { get; set; }

    /// <summary>When those that were not tried are due.</summary>
    public TimeSpan Pause { get; set; }

    public IEnumerable<OutgoingEmail> Untried => claimed.Skip(at);

    public Task DoubtAsync(OutgoingEmail email, string? error)
    {
        Doubtful.Add((email, error));
        return Task.CompletedTask;
    }

    public OutgoingEmail? Next() => at < claimed.Count && !IsOver ? claimed[at++] : null;
}
