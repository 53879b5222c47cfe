namespace TrainingHub.Platform.Email;

/// <summary>
/// Queued: never tried. Sending: some sender holds a lease. Waiting: tried, will be tried again. Sent: taken by the mail
/// server. Failed: a person must act. Bounced: a mail server says, at once or in a report, that the mailbox does not exist. Withheld: one
/// too many to this mailbox; sent when its owner asks for it, see <see cref="OfferWithheld"/>. Stopped: staff want it not to be sent.
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
    Stopped,
}

internal static class EmailStates
{
    /// <summary>The email did not reach anybody, and a person has to do something about it.</summary>
    public static readonly IReadOnlyList<EmailState> NotDelivered = [EmailState.Failed, EmailState.Bounced];

    /// <summary>The email did not reach anybody, whether or not something is to be done about it. The view sent_surveys says the same.</summary>
    public static readonly IReadOnlyList<EmailState> ReachedNobody = [.. NotDelivered, EmailState.Stopped];

    /// <summary>Nothing more happens to the email unless somebody asks for it.</summary>
    public static readonly IReadOnlyList<EmailState> CanBeTriedAgain = [.. ReachedNobody, EmailState.Withheld];

    /// <summary>It waits, or waits for a person.</summary>
    public static readonly IReadOnlyList<EmailState> CanBeStopped = [.. NotDelivered, EmailState.Queued, EmailState.Waiting, EmailState.Withheld];
}
