using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>
/// Takes an entry off the waiting list, for whoever sent the form behind its link, which shows that the address is theirs. A second
/// call does nothing.
/// </summary>
internal sealed class LeaveWaitingList(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>Whether the entry was waiting until now.</returns>
    public async Task<bool> RunAsync(Guid entryId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var waiting = db.WaitingListEntries.Where(entry => entry.Id == entryId && entry.State == WaitingState.Waiting);
        if (await waiting.Select(entry => entry.Email).FirstOrDefaultAsync(ct) is { } address)
        {
            await ConfirmedAddress.ConfirmAsync(db, address, clock.GetUtcNow(), ct);
        }

        var left = await waiting.ExecuteUpdateAsync(entry => entry.SetProperty(one => one.State, WaitingState.Left), ct);
        await transaction.CommitAsync(ct);
        return left == 1;
    }
}
