using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Platform.Email;

/// <summary>What staff read of an email: its state and its kind.</summary>
internal static class EmailWords
{
    public static string State(EmailState state) => state switch
    {
        EmailState.Queued => "Queued",
        EmailState.Sending => "Being sent",
        EmailState.Sent => "Sent",
        EmailState.Waiting => "Will be tried again",
        EmailState.Failed => "Failed",
        EmailState.Bounced => "No such mailbox",
        EmailState.Withheld => "Held back: too many at once",
        EmailState.Stopped => "Stopped by staff",
    };

    public static ChipKind Chip(EmailState state) => state switch
    {
        EmailState.Queued or EmailState.Sending => ChipKind.New,
        EmailState.Sent => ChipKind.Good,
        EmailState.Waiting or EmailState.Withheld or EmailState.Stopped => ChipKind.Plain,
        EmailState.Failed or EmailState.Bounced => ChipKind.Trouble,
    };

    /// <summary>"booking-confirmed" as "Booking confirmed".</summary>
    public static string Kind(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..].Replace('-', ' ');
}
