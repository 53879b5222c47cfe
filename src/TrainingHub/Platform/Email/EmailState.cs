namespace TrainingHub.Platform.Email;

/// <summary>
/// Queued: never tried. Sending: some sender holds a lease. Waiting: tried, will be tried again. Sent: taken by the mail
/// server. Failed: a person must act. Bounced: the mail server says that the mailbox does not exist. Withheld: one too many to this
/// mailbox; sent when its owner asks for it, see <see cref="OfferWithheld"/>.
/// </summary>
internal enum EmailState
{
    Queued,
    Sending,
    Sent,
    Waiting,
    Failed,
    Bounced,
    Withheld,
}

internal static class EmailStates
{
    /// <summary>The email did not reach anybody, and nothing more is tried unless somebody asks for it.</summary>
    public static readonly IReadOnlyList<EmailState> NotDelivered = [EmailState.Failed, EmailState.Bounced];

    /// <summary>Nothing more happens to the email unless somebody asks for it.</summary>
    public static readonly IReadOnlyList<EmailState> CanBeTriedAgain = [.. NotDelivered, EmailState.Withheld];
}
