namespace TrainingHub.Emails;

/// <summary>To the booker: the places were not paid for in time and are released.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="BookAgainUrl">The page of the date.</param>
/// <param name="WasCard">A card payment was awaited; if not, the choice of card or invoice after a declined free place.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
public sealed record BookingExpiredEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string BookAgainUrl,
    bool WasCard = true,
    IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => $"Your places were released: {OrderTitle.Of(Date, Dates)} ({Reference})";
}
