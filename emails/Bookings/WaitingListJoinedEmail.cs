namespace TrainingHub.Emails;

/// <summary>To somebody who joined the waiting list of a full date.</summary>
/// <param name="Name">Who waits.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Places">How many places are wanted, such as "2 places".</param>
/// <param name="OtherDatesUrl">The course page with its other dates.</param>
/// <param name="LeaveUrl">Where the entry can be withdrawn, or null when it is withdrawn by a reply.</param>
public sealed record WaitingListJoinedEmail(
    string Name,
    CourseDate Date,
    string Places,
    string OtherDatesUrl,
    string? LeaveUrl = null) : IEmailMessage
{
    public string Subject => $"You are on the waiting list: {Date.Course}";
}
