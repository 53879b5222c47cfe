using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>How long somebody can be found behind answers to surveys.</summary>
internal static class SurveyRetention
{
    private const string ToLearn = "To learn whether training changes practice";

    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("survey-links", "The link between people and their answers", ToLearn, Period.Days(SurveyTimes.UnlinkDays), "after the survey closes, and as long as a concern needs it")
        {
            Job = nameof(UnlinkAnswers), CountAsync = (services, now, ct) => services.GetRequiredService<UnlinkAnswers>().CountAsync(now, ct),
        },
        new("imported-answers", "Whose answers of a file are", "So that a second file finds them", Period.Days(SurveyTimes.ImportKnownDays), "after the import") { Job = nameof(UnlinkAnswers) },
        new("concerns", "Concerns that somebody may be at risk", "To protect children", null, "As long as the safeguarding lead needs them"),
        new("answers", "Answers without a link to anybody", "For the figures of the programme. They name nobody", null, "No end"),
    ];
}
