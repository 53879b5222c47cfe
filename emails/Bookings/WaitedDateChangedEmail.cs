namespace TrainingHub.Emails;

/// <summary>To somebody on the waiting list of a date that is cancelled, or has another time or place.</summary>
/// <param name="Name">Who waits.</param>
/// <param name="Was">As it was when they joined.</param>
/// <param name="Date">As it is now; null when it is cancelled.</param>
/// <param name="CoursesUrl">The course's dates; the one that is held instead, where there is one.</param>
/// <param name="Instead">The date to which everybody who was booked has moved; null when it is cancelled without one.</param>
public sealed record WaitedDateChangedEmail(string Name, CourseDate Was, CourseDate? Date, string CoursesUrl, CourseDate? Instead = null) : IEmailMessage
{
    public string Subject => $"{Name}, a date that you are waiting for is {(Date is null ? "cancelled" : "changed")}: {OrderTitle.Of(Was, null)}";

    public string KeptSubject => $"A date that you are waiting for is {(Date is null ? "cancelled" : "changed")}: {OrderTitle.Of(Was, null)}";
}
