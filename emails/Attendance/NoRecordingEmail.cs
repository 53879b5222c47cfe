namespace TrainingHub.Emails;

/// <summary>To somebody who asked for the recording of an event of which there is none. Sent once; the wish is forgotten with it.</summary>
/// <param name="Event">Its title.</param>
/// <param name="When">Its day and times.</param>
/// <param name="AskedOn">When they asked, in words.</param>
public sealed record NoRecordingEmail(string Event, string When, string AskedOn) : IEmailMessage
{
    public string Subject => $"There is no recording: {Event}";
}
