using TrainingHub.Platform.Data;

namespace TrainingHub.Learning;

/// <summary>The story of the demonstration. Days that end in "In" are counted from the day of the seed; the others belong to past years.</summary>
internal sealed record LearningFile(
    IReadOnlyList<string> Themes, IReadOnlyList<LearningFile.PriorityLine> Priorities, IReadOnlyList<LearningFile.CourseLine> Courses, IReadOnlyList<LearningFile.Review> Reviews,
    LearningFile.MinutesLine Minutes, IReadOnlyList<LearningFile.NeedLine> Needs)
{
    internal sealed record PriorityLine(string Name, int FirstYear, int? LastYear);

    internal sealed record CourseLine(string Slug, IReadOnlyList<string> Themes, IReadOnlyList<string> Priorities);

    internal sealed record Review(
        SourceKind Kind, string Title, string? Publisher, DateOnly? PublishedOn, string? Address, IReadOnlyList<string> Themes, IReadOnlyList<string> Priorities, string? PublicWords,
        IReadOnlyList<RecommendationLine> Recommendations);

    internal sealed record RecommendationLine(string Number, TrainingEffect Effect, string Text, IReadOnlyList<ActionLine> Actions);

    internal sealed record ActionLine(string Key, string What, string Agency, string? Owner, int? DueIn, DateOnly? Due, int? DoneIn, DateOnly? Done, string? Impact, int? LaterIn, string? Because, ChangeLine? Change);

    internal sealed record ChangeLine(string What, int? FromIn, DateOnly? From, IReadOnlyList<string> Courses, string PublicWords, bool IsPublished);

    internal sealed record MinutesLine(int HeldIn, string Minutes, string Decisions, IReadOnlyDictionary<string, string> OfActions);

    internal sealed record NeedLine(string What, string? Theme, string? Course, int Votes, NeedState State, string? Because);

    public static LearningFile Read() => SeedFile.ReadJson<LearningFile>("Learning.Seed.learning.json");
}
