namespace TrainingHub.Emails;

/// <summary>To somebody who joined the waiting list of a full date.</summary>
/// <param name="Name">Who waits.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Places">How many places are wanted, such as "2 places".</param>
/// <param name="OtherDatesUrl">The course page with its other dates.</param>
/// <param name="LeaveUrl">Their own page, where they see how they stand and can leave; null in emails of before there was one.</param>
/// <param name="Position">Which in the queue, from 1; null is not said.</param>
public sealed record WaitingListJoinedEmail(
    string Name,
    CourseDate Date,
    string Places,
    string OtherDatesUrl,
    string? LeaveUrl = null,
    int? Position = null) : IEmailMessage
{
    public string Subject => $"{Name}, you are on the waiting list: {Date.Course}";

    public string KeptSubject => $"You are on the waiting list: {Date.Course}";
}
