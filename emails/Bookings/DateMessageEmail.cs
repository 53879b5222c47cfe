namespace TrainingHub.Emails;

/// <summary>What staff write to everybody on a date, or on several: to one person, with their own facts filled in.</summary>
/// <param name="Name">Who it is to.</param>
/// <param name="About">The subject, in the words of staff.</param>
/// <param name="Text">In their words: paragraphs, parted by an empty line.</param>
/// <param name="Date">The course and date that it is about, the first of this person's.</param>
/// <param name="Dates">All of them when there are several; null when there is one.</param>
public sealed record DateMessageEmail(string Name, string About, string Text, CourseDate Date, IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => $"{Name}: {About}";

    public string KeptSubject => About;
}
