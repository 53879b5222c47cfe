namespace TrainingHub.Emails;

/// <summary>To each delegate who did not book for themselves.</summary>
/// <param name="DelegateName">Who comes.</param>
/// <param name="BookedBy">The booker's name.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="AccessNeedsGiven">Whether access needs were named for this delegate. The needs themselves are never mailed.</param>
/// <param name="DateUrl">The public page of the date.</param>
public sealed record YouAreBookedEmail(
    string DelegateName,
    string BookedBy,
    CourseDate Date,
    bool AccessNeedsGiven,
    string DateUrl) : IEmailMessage
{
    public string Subject => $"{DelegateName}, you are booked: {Date.Course}";

    public string KeptSubject => $"You are booked: {Date.Course}";
}
