namespace TrainingHub.Emails;

/// <summary>To the booker: the card payment was not completed and the places are released.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="BookAgainUrl">The page of the date.</param>
public sealed record BookingExpiredEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string BookAgainUrl) : IEmailMessage
{
    public string Subject => $"Your places were released: {Date.Course} ({Reference})";
}
