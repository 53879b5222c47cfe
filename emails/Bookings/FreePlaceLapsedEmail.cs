namespace TrainingHub.Emails;

/// <summary>To the applicant: nobody decided before the course began, so the places are released.</summary>
/// <param name="BookerName">Who applied.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Delegates">Names, in the order of booking.</param>
/// <param name="CourseUrl">The page of the course, with its other dates.</param>
public sealed record FreePlaceLapsedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    string CourseUrl) : IEmailMessage
{
    public string Subject => $"Your free place application: {Date.Course} ({Reference})";
}
