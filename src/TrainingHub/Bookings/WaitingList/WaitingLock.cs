using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings;

/// <summary>Locks the date of an entry and then the entry, in the order in which whoever books or offers does, so that no two deadlock.</summary>
internal static class WaitingLock
{
    /// <returns>The entry as it is now; null when there is none or its wait is over.</returns>
    public static async Task<WaitingListEntry?> TakeAsync(TrainingHubDb db, Guid entryId, CancellationToken ct)
    {
        await DateAsync(db, entryId, ct);
        foreach (var known in db.ChangeTracker.Entries<WaitingListEntry>().Where(known => known.State == EntityState.Unchanged).ToList())
        {
            known.State = EntityState.Detached;
        }

        var entry = await db.WaitingListEntries.FromSql($"select * from waiting_list_entries where id = {entryId} for update").SingleOrDefaultAsync(ct);
        return entry is { Waits: true } ? entry : null;
    }

    public static Task<int> DateAsync(TrainingHubDb db, Guid entryId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"select from course_runs where id = (select run_id from waiting_list_entries where id = {entryId}) for no key update", ct);
}
