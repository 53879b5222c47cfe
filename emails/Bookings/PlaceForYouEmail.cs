namespace TrainingHub.Emails;

/// <summary>To a delegate who took over another person's place.</summary>
/// <param name="DelegateName">Who comes.</param>
/// <param name="BookedBy">The booker's name.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="DateUrl">The delegate's own page of the place.</param>
public sealed record PlaceForYouEmail(
    string DelegateName,
    string BookedBy,
    CourseDate Date,
    string DateUrl) : IEmailMessage
{
    public string Subject => $"{DelegateName}, you have a place: {Date.Course}";

    public string KeptSubject => $"You have a place: {Date.Course}";
}
