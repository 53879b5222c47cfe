namespace TrainingHub.Emails;

/// <summary>To somebody who waited until booking closed and got no place.</summary>
/// <param name="Name">Who waited.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="OtherDatesUrl">The course page with its other dates.</param>
public sealed record WaitingListClosedEmail(string Name, CourseDate Date, string OtherDatesUrl) : IEmailMessage
{
    public string Subject => $"{Name}, there was no place for you: {Date.Course}";

    public string KeptSubject => $"There was no place for you: {Date.Course}";
}
