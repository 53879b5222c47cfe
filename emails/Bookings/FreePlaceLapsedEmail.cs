namespace TrainingHub.Emails;

/// <summary>To the applicant: nobody decided before the course began, so the places are released.</summary>
/// <param name="BookerName">Who applied.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Delegates">Names, in the order of booking.</param>
/// <param name="CourseUrl">The page of the course, with its other dates.</param>
/// <param name="Dates">All dates that began with who was to come, when there are several; null when there is one.</param>
/// <param name="StillHeld">The later dates of the order, for which the decision is still awaited; null when there are none.</param>
public sealed record FreePlaceLapsedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    string CourseUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    IReadOnlyList<OrderDate>? StillHeld = null) : IEmailMessage
{
    public string Subject => $"Your free place application: {OrderTitle.Of(Date, Dates)} ({Reference})";
}
