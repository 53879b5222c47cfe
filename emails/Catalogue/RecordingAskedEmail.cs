namespace TrainingHub.Emails;

/// <summary>To somebody who asked for the recording of an event, at once. Sent once.</summary>
/// <param name="Event">Its title.</param>
/// <param name="When">Its day and times.</param>
/// <param name="IsOver">Whether the event is over.</param>
/// <param name="KeptUntil">The last day on which the address is kept, in words, unless the recording ends before.</param>
/// <param name="PageUrl">The page that deletes the address, and that will show the recording; for its reader alone.</param>
public sealed record RecordingAskedEmail(string Event, string When, bool IsOver, string KeptUntil, string PageUrl) : IEmailMessage
{
    public string Subject => $"You asked for the recording: {Event}";
}
