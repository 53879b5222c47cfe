using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings;

/// <summary>Takes an entry off the waiting list. A second call does nothing.</summary>
internal sealed class LeaveWaitingList(TrainingHubDb db)
{
    /// <returns>Whether the entry was waiting until now.</returns>
    public async Task<bool> RunAsync(Guid entryId, CancellationToken ct) =>
        await db.WaitingListEntries
            .Where(entry => entry.Id == entryId && entry.State == WaitingState.Waiting)
            .ExecuteUpdateAsync(entry => entry.SetProperty(one => one.State, WaitingState.Left), ct) == 1;
}
