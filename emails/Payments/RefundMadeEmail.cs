namespace TrainingHub.Emails;

/// <summary>To the booker: money is on its way back.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Amount">Such as "£55.00".</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="Arrives">How and by when, as a sentence.</param>
/// <param name="Dates">All dates that the refund is for with whose places, when there are several; null when there is one.</param>
public sealed record RefundMadeEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string Amount,
    string Reason,
    string Arrives,
    IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => $"Refund of {Amount}: booking {Reference}";
}
