namespace TrainingHub.Emails;

/// <summary>To the booker: a receipt.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Amount">Such as "£110.00".</param>
/// <param name="PaidOn">Such as "3 March 2027".</param>
/// <param name="Method">Such as "Card".</param>
/// <param name="ReceiptUrl">The receipt as a page to print.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
public sealed record PaymentReceivedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string Amount,
    string PaidOn,
    string Method,
    string ReceiptUrl,
    IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => $"Payment received: booking {Reference}";
}
