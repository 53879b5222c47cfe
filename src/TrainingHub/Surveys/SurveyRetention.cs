using TrainingHub.Bookings;
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
        new("comments", "What people wrote in surveys in their own words, once it is read", ToLearn, BookingRetention.Names, "after the financial year in which it was written")
        {
            Job = nameof(ForgetComments),
            Rows = new(
                "survey_comments comment",
                """
                comment.response_id is null and comment.state = 'Read' and comment.created_at < @before
                and not exists (select from concerns where concerns.comment_id = comment.id and concerns.state <> 'Withdrawn')
                """),
        },
        new("concerns", "Concerns that somebody may be at risk", "To protect children", null, "As long as the safeguarding lead needs them"),
        new("answers", "Answers without a link to anybody", "For the figures of the programme. They name nobody", null, "No end"),
    ];
}
