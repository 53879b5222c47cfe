namespace TrainingHub.Catalogue;

/// <summary>The long texts of a course's page, for the page itself and for the preview of staff. Markdown; null is not said.</summary>
/// <param name="Before">The course to take before.</param>
internal sealed record CourseTexts(
    string? Outcomes, string? DayPlan, string? Bring, string? HowItRuns, string? Resources, int? RenewalMonths, LinkedCourse? Before, PrerequisiteRule Rule)
{
    public static CourseTexts Of(CourseFacts facts, LinkedCourse? before) =>
        new(facts.Outcomes, facts.DayPlan, facts.Bring, facts.HowItRuns, facts.Resources, facts.RenewalMonths, before, facts.PrerequisiteRule);

    /// <summary>The sections with their headings, in the order of the page.</summary>
    public IEnumerable<(string Id, string Heading, string Markdown)> Sections
    {
        get
        {
            (string, string, string?)[] all =
            [
                ("outcomes", "What you will be able to do", Outcomes),
                ("day", "Programme of the day", DayPlan),
                ("before", "Before you come", Bring),
                ("how", "How it runs", HowItRuns),
                ("resources", "Guidance and tools", Resources),
            ];
            foreach (var (id, heading, text) in all)
            {
                if (text is not null)
                {
                    yield return (id, heading, text);
                }
            }
        }
    }
}

/// <param name="Slug">Null when its page is not public.</param>
internal sealed record LinkedCourse(string? Slug, string Title);
