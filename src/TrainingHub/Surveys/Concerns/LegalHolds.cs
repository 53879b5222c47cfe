using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// What a held text holds of the rest: who has the place, as long as something leads there. The row of the answers is locked first, so that
/// of a hold that begins and one that ends the second sees the first.
/// </summary>
internal static class LegalHolds
{
    public static Task LockAsync(TrainingHubDb db, Guid? response, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from survey_responses where id = {response} for no key update", ct);

    public static Task BeginAsync(TrainingHubDb db, Guid? response, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select hold_place({response})", ct);

    /// <summary>Unless another text of the same answers is held. What ended it is saved.</summary>
    public static Task EndAsync(TrainingHubDb db, Guid? response, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select release_place({response})", ct);
}
