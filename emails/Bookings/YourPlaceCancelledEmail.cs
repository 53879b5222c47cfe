namespace TrainingHub.Emails;

/// <summary>To a delegate who is not the booker and no longer has a place.</summary>
/// <param name="DelegateName">Who was booked.</param>
/// <param name="BookedBy">The booker's name.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Reason">Why, as a sentence, when the partnership cancelled; null when the booker did.</param>
/// <param name="CoursesUrl">Where other dates are found.</param>
/// <param name="Dates">All dates on which this delegate had a place, when there are several; null when there is one.</param>
public sealed record YourPlaceCancelledEmail(
    string DelegateName,
    string BookedBy,
    CourseDate Date,
    string? Reason,
    string CoursesUrl,
    IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => $"{DelegateName}, your place is cancelled: {OrderTitle.Of(Date, Dates)}";

    public string KeptSubject => $"Your place is cancelled: {OrderTitle.Of(Date, Dates)}";
}
