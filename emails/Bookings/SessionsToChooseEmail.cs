namespace TrainingHub.Emails;

/// <summary>To somebody who has a place at an event and has not chosen a session for every time. Sent once.</summary>
/// <param name="DelegateName">Who has the place.</param>
/// <param name="Date">The event and its date.</param>
/// <param name="Times">For which times a choice is missing and possible, in words; at least one.</param>
/// <param name="Until">Until when they can choose, such as "until the end of 3 March 2027".</param>
/// <param name="PageUrl">Their own page of the place.</param>
public sealed record SessionsToChooseEmail(string DelegateName, CourseDate Date, IReadOnlyList<string> Times, string Until, string PageUrl) : IEmailMessage
{
    public string Subject => $"{DelegateName}, choose your sessions: {Date.Course}";

    public string KeptSubject => $"Choose your sessions: {Date.Course}";
}
