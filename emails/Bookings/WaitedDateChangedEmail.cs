namespace TrainingHub.Emails;

/// <summary>To somebody on the waiting list of a date that is cancelled, or has another time or place.</summary>
/// <param name="Name">Who waits.</param>
/// <param name="Was">As it was when they joined.</param>
/// <param name="Date">As it is now; null when it is cancelled.</param>
/// <param name="CoursesUrl">The course's dates.</param>
public sealed record WaitedDateChangedEmail(string Name, CourseDate Was, CourseDate? Date, string CoursesUrl) : IEmailMessage
{
    public string Subject => $"{Name}, a date that you are waiting for is {(Date is null ? "cancelled" : "changed")}: {OrderTitle.Of(Was, null)}";

    public string KeptSubject => $"A date that you are waiting for is {(Date is null ? "cancelled" : "changed")}: {OrderTitle.Of(Was, null)}";
}
