namespace TrainingHub.Emails;

/// <summary>To the booker: the places are held but not yet certain.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Delegates">Names, in the order of booking.</param>
/// <param name="Awaits">What must happen before the places are certain.</param>
/// <param name="HeldUntil">Day and time until which the places are held, or null while they are held until a decision.</param>
/// <param name="ManageUrl">The private link, where a card payment can be made.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
/// <param name="DecideOn">The last day to decide on an application, such as "14 December 2026"; null when none waits, or no day was promised.</param>
public sealed record BookingReceivedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    BookingAwaits Awaits,
    string? HeldUntil,
    string ManageUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    string? DecideOn = null) : IEmailMessage
{
    public string Subject => $"We are holding your places: {OrderTitle.Of(Date, Dates)} ({Reference})";
}
