using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>Lets strangers who book be offered a name, or no longer. A second press changes nothing.</summary>
internal sealed class ApproveOrganisation(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>False when it is shown already, or is part of another one by now.</returns>
    public Task<bool> ShowAsync(Guid id, Actor by, CancellationToken ct) => RunAsync(id, isApproved: true, "Shown to bookers", by, ct);

    /// <returns>False when it is hidden already, or is part of another one by now.</returns>
    public Task<bool> HideAsync(Guid id, Actor by, CancellationToken ct) => RunAsync(id, isApproved: false, "Hidden from bookers", by, ct);

    private async Task<bool> RunAsync(Guid id, bool isApproved, string act, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.Organisations
            .Where(organisation => organisation.Id == id && organisation.MergedIntoId == null && organisation.IsApproved != isApproved)
            .ExecuteUpdateAsync(row => row.SetProperty(organisation => organisation.IsApproved, isApproved), ct);
        if (changed > 0)
        {
            var now = clock.GetUtcNow();
            var undo = KeepUndo.Begin(db, now);
            HistoryEntry.Add<Organisation>(db, id, by, act, [], now, id: undo.Id);
            undo.End(UndoApproval.Kind, id, new ApprovedBefore(!isApproved));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return changed > 0;
    }
}
