namespace TrainingHub.Emails;

/// <summary>To a delegate who has not answered yet.</summary>
/// <param name="DelegateName">Who attended.</param>
/// <param name="Course">The course's name.</param>
/// <param name="AttendedOn">Such as "27 March 2027".</param>
/// <param name="ReadBy">Who reads the answers, to stand after "read by", such as "the training team and the evaluation group".</param>
/// <param name="SurveyUrl">The private link.</param>
/// <param name="ClosesOn">The last day, such as "8 August 2027".</param>
/// <param name="StopUrl">Stops survey emails for this person, and only these.</param>
/// <param name="IsLast">Whether no further reminder follows.</param>
/// <param name="More">Other courses about which the same person has not answered yet.</param>
public sealed record SurveyReminderEmail(
    string DelegateName,
    string Course,
    string AttendedOn,
    string ReadBy,
    string SurveyUrl,
    string ClosesOn,
    string StopUrl,
    bool IsLast,
    IReadOnlyList<SurveyAsk>? More = null) : IEmailMessage
{
    public string Subject => $"Reminder for {DelegateName}: what has changed since {SurveyAsk.Words(Asked)}?";

    public string KeptSubject => $"Reminder: what has changed since {SurveyAsk.Words(Asked)}?";

    public string? UnsubscribeUrl => StopUrl;

    internal IReadOnlyList<SurveyAsk> Asked => [new(Course, AttendedOn, SurveyUrl, ClosesOn), .. More ?? []];
}
