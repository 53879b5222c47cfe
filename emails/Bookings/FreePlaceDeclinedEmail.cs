namespace TrainingHub.Emails;

/// <summary>To the applicant: no free place, why, and the offer to pay before the hold ends.</summary>
/// <param name="BookerName">Who applied.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Delegates">Names, in the order of booking.</param>
/// <param name="Reason">The coordinator's words, shown as written.</param>
/// <param name="Price">What the places cost, with the rule, such as "£55.00 (1 place at £55.00)".</param>
/// <param name="HeldUntil">Day and time until which the places are held.</param>
/// <param name="PayUrl">Where the booker chooses card or invoice.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
/// <param name="Rule">The rule that is not met, as a sentence; null when the reason says all.</param>
/// <param name="FreeCoursesUrl">The courses that are free for everyone; null in emails of before this was said.</param>
public sealed record FreePlaceDeclinedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    string Reason,
    string Price,
    string HeldUntil,
    string PayUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    string? Rule = null,
    string? FreeCoursesUrl = null) : IEmailMessage
{
    public string Subject => $"Your free place application: {OrderTitle.Of(Date, Dates)} ({Reference})";
}
