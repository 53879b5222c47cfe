namespace TrainingHub.Emails;

/// <summary>To the booker: the money came, but there is no place for it, so it goes back.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Amount">Such as "£110".</param>
/// <param name="WasTooLate">The places were released before; otherwise the booking was paid already, or cancelled.</param>
/// <param name="DateUrl">The date, with what else there is.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
public sealed record PaymentReturnedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string Amount,
    bool WasTooLate,
    string DateUrl,
    IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => WasTooLate ? $"Your places could not be kept: booking {Reference}" : $"We are returning a payment: booking {Reference}";
}
