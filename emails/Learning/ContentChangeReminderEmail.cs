namespace TrainingHub.Emails;

/// <summary>To a provider that has not acknowledged a change: before the deadline, and once after it.</summary>
/// <param name="Name">The contact, or the provider.</param>
/// <param name="Courses">By title.</param>
/// <param name="FromOn">The first day with the change.</param>
/// <param name="DueOn">The last day to acknowledge it.</param>
/// <param name="IsLate">The deadline is over.</param>
/// <param name="Url">The private link.</param>
public sealed record ContentChangeReminderEmail(string Name, IReadOnlyList<string> Courses, string FromOn, string DueOn, bool IsLate, string Url) : IEmailMessage
{
    public string Subject => IsLate ? "We have not heard from you: a change to your courses" : $"Please acknowledge by {DueOn}: a change to your courses";
}
