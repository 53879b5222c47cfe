namespace TrainingHub.Emails;

/// <summary>To the booker: the whole booking is cancelled.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Delegates">The names whose places are cancelled.</param>
/// <param name="Reason">Why, as a sentence, when the partnership cancelled; null when the booker did.</param>
/// <param name="Money">What happens to the money, as a sentence; null when none was due.</param>
/// <param name="CoursesUrl">Where other dates are found.</param>
/// <param name="Dates">All dates with whose places are cancelled, when there are several; null when there is one.</param>
/// <param name="GivenUpBy">The delegate who cannot come and gave the last place up; null when the booker cancelled.</param>
public sealed record BookingCancelledEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    string? Reason,
    string? Money,
    string CoursesUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    string? GivenUpBy = null) : IEmailMessage
{
    public string Subject => $"Booking cancelled: {OrderTitle.Of(Date, Dates)} ({Reference})";
}
