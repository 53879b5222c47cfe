using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>
/// A draft becomes what is sent from now on, in one transaction; what was sent before is answered as it was sent. Publishing it twice is
/// publishing it once. Refuses a draft with faults, one that was changed since it was looked at, and any while nobody has checked whom it says to call.
/// </summary>
internal sealed class PublishDraft(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="versionId"></param>
    /// <param name="revision">Of the draft as it was looked at.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<DraftRefusal?> RunAsync(Guid versionId, int revision, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await EditDraft.LockAsync(db, versionId, ct) is not { } version)
        {
            return DraftRefusal.Gone;
        }

        if (version.State != VersionState.Draft)
        {
            return null;
        }

        var versions = await AskedVersions.ReadAsync(db, version.SurveyId, ct);
        List<Questionnaire> earlier = [.. versions.Where(other => other.Version.State != VersionState.Draft)];
        var draft = versions.Single(other => other.Id == versionId);
        if (version.Revision != revision)
        {
            return DraftRefusal.Changed;
        }

        if (DraftCheck.Problems(draft, earlier).Count > 0)
        {
            return DraftRefusal.Faulty;
        }

        var now = clock.GetUtcNow();
        if (await UrgentNumbers.WhyNotAsync(db, now, ct) is not null)
        {
            return DraftRefusal.NumbersUnchecked;
        }

        // One is published at any time: the former goes first.
        if (await db.SurveyVersions.SingleOrDefaultAsync(other => other.SurveyId == version.SurveyId && other.State == VersionState.Published, ct) is { } former)
        {
            former.Retire();
            await db.SaveChangesAsync(ct);
        }

        version.Publish(now);
        HistoryEntry.Add<SurveyVersion>(
            db, version.Id, by, "Published",
            [.. DraftCheck.Changes(draft, earlier).Where(change => change.What.Count > 0 || change.Comparison != Comparison.Comparable)
                .Select(change => new HistoryChange(change.Key, change.Before?.Asked.Wording, change.Now?.Asked.Wording))],
            now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}
