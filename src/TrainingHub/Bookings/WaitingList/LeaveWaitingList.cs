using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>
/// Ends somebody's wait, or makes it one for fewer places, for whoever sent the form behind its link, which shows that the address is
/// theirs. What is free by it is offered to the next one in the same transaction. A second call does nothing.
/// </summary>
internal sealed class LeaveWaitingList(TrainingHubDb db, OfferPlaces offer, TimeProvider clock)
{
    /// <summary>Declines the offer when there is one.</summary>
    /// <returns>Whether the entry was waiting until now.</returns>
    public Task<bool> RunAsync(Guid entryId, CancellationToken ct) => ChangeAsync(
        entryId,
        (entry, now) =>
        {
            var isOffered = entry.IsOfferedAt(now);
            entry.End(isOffered ? WaitingState.Declined : WaitingState.Left);
            WaitingListEvent.Add(db, entryId, isOffered ? WaitingEventKind.Declined : WaitingEventKind.Left, now);
            return true;
        },
        ct);

    /// <returns>False when they do not wait, have an offer, or did not want more.</returns>
    public Task<bool> WantFewerAsync(Guid entryId, int places, CancellationToken ct) => ChangeAsync(
        entryId,
        (entry, now) =>
        {
            if (entry.State == WaitingState.Offered || places < 1 || places >= entry.PlacesWanted)
            {
                return false;
            }

            entry.WantFewer(places);
            WaitingListEvent.Add(db, entryId, WaitingEventKind.FewerPlaces, now);
            return true;
        },
        ct);

    private async Task<bool> ChangeAsync(Guid entryId, Func<WaitingListEntry, DateTimeOffset, bool> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        if (await WaitingLock.TakeAsync(db, entryId, ct) is not { } entry)
        {
            return false;
        }

        await ConfirmedAddress.ConfirmAsync(db, entry.Email, now, ct);
        if (!change(entry, now))
        {
            return false;
        }

        await db.SaveChangesAsync(ct);
        await offer.RunAsync(entry.RunId, ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
