using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>What the pages about questions read.</summary>
/// <param name="Survey">The one that the address names.</param>
/// <param name="Versions">Newest first, a draft too.</param>
internal sealed record SurveyDraft(Survey Survey, IReadOnlyList<Questionnaire> Versions)
{
    public Questionnaire? Draft => Versions.FirstOrDefault(version => version.Version.State == VersionState.Draft);

    public string Questions => SurveyUrls.QuestionsOf(Survey.Key);

    /// <param name="db"></param>
    /// <param name="key">Of a survey; without one that is known, the three-month survey.</param>
    /// <param name="ct"></param>
    public static async Task<SurveyDraft> ReadAsync(TrainingHubDb db, string? key, CancellationToken ct)
    {
        var survey = await db.Surveys.AsNoTracking().Where(survey => survey.Key == key || survey.Key == Survey.ThreeMonths)
            .OrderByDescending(survey => survey.Key == key).FirstAsync(ct);
        return new(survey, await AskedVersions.ReadAsync(db, survey.Id, ct));
    }
}
