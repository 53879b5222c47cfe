namespace TrainingHub.Emails;

/// <summary>To the booker: the partnership has cancelled a date.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The date that is cancelled.</param>
/// <param name="Delegates">Who was booked on it.</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="Money">What happens to the money, as a sentence; null when none was due.</param>
/// <param name="ChooseUntil">Until when another date may be chosen; null when the places are simply cancelled.</param>
/// <param name="Url">The private link when another date may be chosen, otherwise the course's dates.</param>
/// <param name="Kept">The dates of the order that stay booked; null when there is none.</param>
public sealed record DateCancelledEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    string Reason,
    string? Money,
    string? ChooseUntil,
    string Url,
    IReadOnlyList<OrderDate>? Kept = null) : IEmailMessage
{
    public string Subject => $"Course date cancelled: {OrderTitle.Of(Date, null)} ({Reference})";
}
