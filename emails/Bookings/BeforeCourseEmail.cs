namespace TrainingHub.Emails;

/// <summary>To each delegate before the course: a reminder, the joining link of an online date, or both.</summary>
/// <param name="DelegateName">Who comes.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Day">The day for the subject, such as "Tue 8 Dec 2026".</param>
/// <param name="DaysAhead">Days until then; 0 is today.</param>
/// <param name="JoiningLink">Where to join online; null when this is a reminder alone.</param>
/// <param name="IsNewLink">Whether this person had another link, or had it for another day, before.</param>
/// <param name="BookedBy">The booker's name.</param>
/// <param name="PageUrl">The delegate's own page.</param>
/// <param name="Part">"Meeting 2 of 3" of a course of several; null when it is one.</param>
/// <param name="HasBegun">An earlier meeting of the course has been: the place can no longer be given up.</param>
/// <param name="Venue">What is known of the venue, such as "Room: Suite 2".</param>
/// <param name="Preparation">What to bring and to do before, a line each.</param>
/// <param name="HasDoorCode">It is in person: the delegate's own page has a code for the door.</param>
/// <param name="Policy">What cancelling costs from now on, a sentence each; null when nothing can be cancelled any more.</param>
/// <param name="AsksBefore">The delegate's own page leads to questions before the course.</param>
public sealed record BeforeCourseEmail(
    string DelegateName,
    CourseDate Date,
    string Day,
    int DaysAhead,
    string? JoiningLink,
    bool IsNewLink,
    string BookedBy,
    string PageUrl,
    string? Part = null,
    bool HasBegun = false,
    IReadOnlyList<string>? Venue = null,
    IReadOnlyList<string>? Preparation = null,
    bool HasDoorCode = false,
    IReadOnlyList<string>? Policy = null,
    bool AsksBefore = false) : IEmailMessage
{
    public string Subject => $"{DelegateName}, {What}: {Date.Course}, {Day}";

    public string KeptSubject => $"{char.ToUpperInvariant(What[0])}{What[1..]}: {Date.Course}, {Day}";

    /// <summary>"today", "tomorrow" or "in 7 days".</summary>
    public string When => DaysAhead switch
    {
        0 => "today",
        1 => "tomorrow",
        _ => $"in {DaysAhead} days",
    };

    /// <summary>"your course", or "meeting 2 of 3 of your course".</summary>
    public string Course => Part is null ? "your course" : $"{char.ToLowerInvariant(Part[0])}{Part[1..]} of your course";

    private string What => (JoiningLink, IsNewLink) switch
    {
        (null, _) => $"{Course} is {When}",
        (_, true) when DaysAhead > 0 => "your new joining link",
        _ => DaysAhead == 0 ? "your joining link for today" : "your joining link",
    };
}
