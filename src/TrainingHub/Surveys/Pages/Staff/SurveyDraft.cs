namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>What the pages about questions read.</summary>
internal static class SurveyDraft
{
    /// <summary>All versions of the three-month survey, newest first, a draft too.</summary>
    public static async Task<IReadOnlyList<Questionnaire>> ReadAsync(TrainingHubDb db, CancellationToken ct) =>
        await AskedVersions.ReadAsync(db, (await AskedVersions.ReadAsync(db, ct)).SurveyId, ct);
}
