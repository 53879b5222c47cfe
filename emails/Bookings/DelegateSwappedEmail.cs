namespace TrainingHub.Emails;

/// <summary>To the booker: one name took the place of another.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="FormerDelegate">Who had the place.</param>
/// <param name="NewDelegate">Who has it now.</param>
/// <param name="ManageUrl">The private link.</param>
/// <param name="AreBothTold">Whether the two have an email about it; not before the booking is confirmed.</param>
public sealed record DelegateSwappedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string FormerDelegate,
    string NewDelegate,
    string ManageUrl,
    bool AreBothTold = true) : IEmailMessage
{
    public string Subject => $"Name changed: {Date.Course} ({Reference})";
}
