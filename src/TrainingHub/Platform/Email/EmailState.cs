namespace TrainingHub.Platform.Email;

/// <summary>
/// Queued: never tried. Sending: some sender holds a lease. Waiting: tried, will be tried again. Sent: taken by the mail
/// server. Failed: a person must act. Bounced: the mail server says that the mailbox does not exist.
/// </summary>
internal enum EmailState
{
    Queued,
    Sending,
    Sent,
    Waiting,
    Failed,
    Bounced,
}

internal static class EmailStates
{
    /// <summary>The email did not reach anybody, and nothing more is tried unless somebody asks for it.</summary>
    public static readonly IReadOnlyList<EmailState> NotDelivered = [EmailState.Failed, EmailState.Bounced];
}
