using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>What the pages of the offered courses say in the demonstration, by slug, and what visitors read instead of the tags.</summary>
internal sealed record CourseTextsFile(
    IReadOnlyDictionary<string, string> TagWords, IReadOnlyDictionary<string, CourseTextsFile.Row> Courses)
{
    public static CourseTextsFile Read() => SeedFile.ReadJson<CourseTextsFile>("Catalogue.Seed.course-texts.json");

    internal sealed record Link(string Name, string Url);

    /// <param name="Outcomes">Each goes on from "you will be able to".</param>
    /// <param name="Day">The parts of the day in order.</param>
    /// <param name="HowItRuns">A paragraph each.</param>
    internal sealed record Row(
        IReadOnlyList<string> Outcomes, IReadOnlyList<string> Day, string Bring, IReadOnlyList<string> HowItRuns, IReadOnlyList<Link> Resources)
    {
        public int? RenewalMonths { get; init; }
        public string? Priority { get; init; }

        /// <summary>The slug of the course to take before.</summary>
        public string? Before { get; init; }

        public string OutcomesText => List(Outcomes);

        public string DayText => List(Day);

        public string HowItRunsText => string.Join("\n\n", HowItRuns);

        public string ResourcesText => List(Resources.Select(link => $"[{link.Name}]({link.Url})"));

        private static string List(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => $"- {line}"));
    }
}
