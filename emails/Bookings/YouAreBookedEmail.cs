namespace TrainingHub.Emails;

/// <summary>To each delegate who did not book for themselves.</summary>
/// <param name="DelegateName">Who comes.</param>
/// <param name="BookedBy">The booker's name.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="AccessNeedsGiven">Whether access needs were named for this delegate. The needs themselves are never mailed.</param>
/// <param name="DateUrl">The delegate's own page of the place.</param>
/// <param name="Dates">All dates of this delegate, each with its page, when there are several; null when there is one.</param>
/// <param name="AsksBefore">The delegate's own page leads to questions before the course.</param>
public sealed record YouAreBookedEmail(
    string DelegateName,
    string BookedBy,
    CourseDate Date,
    bool AccessNeedsGiven,
    string DateUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    bool AsksBefore = false) : IEmailMessage
{
    public string Subject => $"{DelegateName}, you are booked: {OrderTitle.Of(Date, Dates)}";

    public string KeptSubject => $"You are booked: {OrderTitle.Of(Date, Dates)}";
}
