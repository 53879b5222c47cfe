namespace TrainingHub.Emails;

/// <summary>To the booker: one place of several is cancelled, the others stand.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="DelegateName">Whose place is cancelled.</param>
/// <param name="StillBooked">The names that keep their places.</param>
/// <param name="Money">What happens to the money, as a sentence; null when none was due.</param>
/// <param name="ManageUrl">The private link.</param>
public sealed record PlaceCancelledEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string DelegateName,
    IReadOnlyList<string> StillBooked,
    string? Money,
    string ManageUrl) : IEmailMessage
{
    public string Subject => $"One place cancelled: {Date.Course} ({Reference})";
}
