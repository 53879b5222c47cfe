using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>The questions of a file of Seed as they were published: the first version of a survey.</summary>
internal sealed record PublishedSurvey(List<PublishedSurvey.QuestionLine> Questions, List<PublishedSurvey.ToolkitLine> Toolkits)
{
    internal sealed record QuestionLine(
        string Key, string Kind, string Level, string Wording, string ShortWording, string? Hint, string? MissingWords, string? TextPrompt, bool OffersToolkits, string? None)
    {
        public List<string> Options { get; init; } = [];

        public bool IsOptional { get; init; }
    }

    internal sealed record ToolkitLine(string Name, string? Area);

    public static PublishedSurvey Read(string name = "survey") => SeedFile.ReadJson<PublishedSurvey>($"Surveys.Seed.{name}.json");

    public IEnumerable<Question> QuestionsOf(Guid version) => Questions.Select((line, order) => new Question
    {
        VersionId = version,
        Key = line.Key,
        Position = order + 1,
        Kind = Enum.Parse<QuestionKind>(line.Kind),
        Level = Enum.Parse<KirkpatrickLevel>(line.Level),
        Wording = line.Wording,
        ShortWording = line.ShortWording,
        Hint = line.Hint,
        MissingWords = line.MissingWords,
        TextPrompt = line.TextPrompt,
        IsRequired = !line.IsOptional,
        OffersToolkits = line.OffersToolkits,
        IsComparable = true,
    });

    public IEnumerable<QuestionOption> OptionsOf(Guid version) =>
        from line in Questions
        from option in line.Options.Select(label => (Label: label, IsExclusive: false)).Concat(line.None is { } none ? [(none, true)] : [])
            .Select((option, order) => (option.Label, option.IsExclusive, Position: order + 1))
        select new QuestionOption
        {
            VersionId = version,
            Id = Guid.CreateVersion7(),
            QuestionKey = line.Key,
            Position = option.Position,
            Label = option.Label,
            IsExclusive = option.IsExclusive,
        };
}
