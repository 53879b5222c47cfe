namespace TrainingHub.Emails;

/// <summary>To somebody whose session at an event is not held.</summary>
/// <param name="DelegateName">Who chose it.</param>
/// <param name="Date">The event and its date.</param>
/// <param name="Session">Its title.</param>
/// <param name="Times">When it was to be held, in words.</param>
/// <param name="CanChoose">Whether several other sessions are left at that time, of which to choose one.</param>
/// <param name="DateUrl">Their own page of the place.</param>
public sealed record SessionGoneEmail(string DelegateName, CourseDate Date, string Session, string Times, bool CanChoose, string DateUrl) : IEmailMessage
{
    public string Subject => $"{DelegateName}, a session you chose is not held: {Date.Course}";

    public string KeptSubject => $"A session you chose is not held: {Date.Course}";
}
