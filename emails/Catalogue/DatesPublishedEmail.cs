namespace TrainingHub.Emails;

/// <summary>To somebody who asked to be told when a course has dates. Sent once; the wish is forgotten with it.</summary>
/// <param name="Course">Its title.</param>
/// <param name="Dates">The first dates in words, at least one.</param>
/// <param name="More">How many there are beside these.</param>
/// <param name="AskedOn">When they asked, in words.</param>
/// <param name="CourseUrl">The course page, where each date can be booked.</param>
public sealed record DatesPublishedEmail(string Course, IReadOnlyList<string> Dates, int More, string AskedOn, string CourseUrl) : IEmailMessage
{
    public string Subject => $"There are dates: {Course}";
}
