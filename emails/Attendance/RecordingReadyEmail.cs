namespace TrainingHub.Emails;

/// <summary>To somebody who came to an event, or asked for its recording. Sent once.</summary>
/// <param name="Name">Who came; null for somebody of whom only the address is known.</param>
/// <param name="Date">The event and its date.</param>
/// <param name="Titles">What there is, at least one.</param>
/// <param name="AskedOn">When they asked, in words; null for somebody who came.</param>
/// <param name="UntilOn">The last day on which it can be opened, in words.</param>
/// <param name="RecordingUrl">The page with the links, for its reader alone.</param>
public sealed record RecordingReadyEmail(string? Name, CourseDate Date, IReadOnlyList<string> Titles, string? AskedOn, string UntilOn, string RecordingUrl) : IEmailMessage
{
    public string Subject => Name is null ? KeptSubject : $"{Name}, recording and slides: {Date.Course}";

    public string KeptSubject => $"Recording and slides: {Date.Course}";
}
