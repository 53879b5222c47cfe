namespace TrainingHub.Emails;

/// <summary>To a provider: what changes in courses that it delivers, and by when to acknowledge it.</summary>
/// <param name="Name">The contact, or the provider.</param>
/// <param name="Courses">By title.</param>
/// <param name="FromOn">The first day with the change, such as "1 April 2027".</param>
/// <param name="Text">The coordinator's words, shown as written.</param>
/// <param name="HasFile">A file goes with it; the link opens it.</param>
/// <param name="DueOn">The last day to acknowledge it, such as "Friday 12 March 2027".</param>
/// <param name="Url">The private link.</param>
public sealed record ContentChangeEmail(string Name, IReadOnlyList<string> Courses, string FromOn, string Text, bool HasFile, string DueOn, string Url) : IEmailMessage
{
    public string Subject => Courses.Count == 1 ? $"A change to {Courses[0]}: please acknowledge" : $"A change to {Courses.Count} of your courses: please acknowledge";
}
