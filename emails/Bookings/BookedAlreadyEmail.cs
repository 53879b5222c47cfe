namespace TrainingHub.Emails;

/// <summary>To a person whom somebody else tried to give a place on a date on which they have one. Nothing has changed.</summary>
/// <param name="DelegateName">Who has the place.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="DateUrl">The public page of the date.</param>
public sealed record BookedAlreadyEmail(
    string DelegateName,
    CourseDate Date,
    string DateUrl) : IEmailMessage
{
    public string Subject => $"{DelegateName}, somebody tried to book you again: {Date.Course}";

    public string KeptSubject => $"Somebody tried to book again: {Date.Course}";
}
