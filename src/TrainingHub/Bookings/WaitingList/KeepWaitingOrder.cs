using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum KeepWaitingOrderResult
{
    Done,

    /// <summary>They do not wait any more.</summary>
    Gone,

    /// <summary>It is so already, or does not apply to who has an offer.</summary>
    NothingToDo,

    /// <summary>Fewer places are free than they want.</summary>
    TooFewFree,

    /// <summary>Others are before them, and no reason is given.</summary>
    ReasonMissing,

    /// <summary>Nobody can book the date at this moment.</summary>
    DateClosed,
}

/// <summary>
/// What staff do to the order of a waiting list: put somebody first, set them aside and put them back, offer places by hand, take an offer
/// back. Each with a reason, which stands in the history of the date beside what was done, and never who it was done to. What is free by it
/// is offered to the next one in the same transaction.
/// </summary>
internal sealed class KeepWaitingOrder(TrainingHubDb db, OfferPlaces offer, TimeProvider clock, IOptions<SiteOptions> site)
{
    public const int ReasonLength = 300;

    public Task<KeepWaitingOrderResult> PreferAsync(Guid entryId, bool isPriority, string reason, Actor by, CancellationToken ct) => ActAsync(
        entryId, isPriority ? "Somebody put first on the waiting list" : "Somebody on the waiting list put back to the order of joining", reason, by,
        (entry, _, now) =>
        {
            if (entry.IsPriority == isPriority)
            {
                return KeepWaitingOrderResult.NothingToDo;
            }

            entry.Prefer(isPriority);
            WaitingListEvent.Add(db, entryId, isPriority ? WaitingEventKind.Preferred : WaitingEventKind.NotPreferred, now);
            return KeepWaitingOrderResult.Done;
        },
        ct);

    public Task<KeepWaitingOrderResult> SetAsideAsync(Guid entryId, string reason, Actor by, CancellationToken ct) => ActAsync(
        entryId, "Somebody on the waiting list set aside", reason, by,
        (entry, _, now) => Change(entry, WaitingState.Waiting, WaitingState.SetAside, WaitingEventKind.SetAside, now), ct);

    public Task<KeepWaitingOrderResult> PutBackAsync(Guid entryId, string reason, Actor by, CancellationToken ct) => ActAsync(
        entryId, "Somebody put back on the waiting list", reason, by,
        (entry, _, now) => Change(entry, WaitingState.SetAside, WaitingState.Waiting, WaitingEventKind.PutBack, now), ct);

    /// <summary>They are set aside, or they would be the next again; and told.</summary>
    public Task<KeepWaitingOrderResult> WithdrawAsync(Guid entryId, string reason, Actor by, CancellationToken ct) => ActAsync(
        entryId, "An offer to the waiting list taken back", reason, by,
        (entry, run, now) =>
        {
            var result = Change(entry, WaitingState.Offered, WaitingState.SetAside, WaitingEventKind.Withdrawn, now);
            if (result == KeepWaitingOrderResult.Done)
            {
                WaitingEmails.OfferEnded(db, site.Value, run, entry, isWithdrawn: true, now);
            }

            return result;
        },
        ct);

    /// <summary>Offers what is free to somebody by name.</summary>
    /// <param name="entryId"></param>
    /// <param name="reason">Needed when others are before them or they were set aside; else null.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<KeepWaitingOrderResult> OfferAsync(Guid entryId, string? reason, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        if (await WaitingLock.TakeAsync(db, entryId, ct) is not { } entry || await BookingSummaries.RunAsync(db, entry.RunId, ct) is not { } run)
        {
            return KeepWaitingOrderResult.Gone;
        }

        var isNext = await WaitingOrder.PositionAsync(db, entry, ct) == 1;
        if (WhyNotOffer(entry, run, isNext, reason, now) is { } refusal)
        {
            return refusal;
        }

        if (await OfferPlaces.FreeAsync(db, run.Id, now, ct) < entry.PlacesWanted)
        {
            return KeepWaitingOrderResult.TooFewFree;
        }

        await OfferPlaces.CountAgainAsync(db, run.Id, now, ct);
        offer.Offer(run, entry, now);
        HistoryEntry.Add<CourseRun>(db, run.Id, by, isNext ? "Offered to the next on the waiting list" : "Offered out of the order of the waiting list", [], now, reason);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return KeepWaitingOrderResult.Done;
    }

    private static KeepWaitingOrderResult? WhyNotOffer(WaitingListEntry entry, DateLine run, bool isNext, string? reason, DateTimeOffset now) =>
        entry.State == WaitingState.Offered ? KeepWaitingOrderResult.NothingToDo
        : !run.IsOpenAt(now) ? KeepWaitingOrderResult.DateClosed
        : !isNext && string.IsNullOrWhiteSpace(reason) ? KeepWaitingOrderResult.ReasonMissing
        : null;

    private KeepWaitingOrderResult Change(WaitingListEntry entry, WaitingState from, WaitingState to, WaitingEventKind kind, DateTimeOffset now)
    {
        if (entry.State != from)
        {
            return KeepWaitingOrderResult.NothingToDo;
        }

        entry.End(to);
        WaitingListEvent.Add(db, entry.Id, kind, now);
        return KeepWaitingOrderResult.Done;
    }

    private async Task<KeepWaitingOrderResult> ActAsync(
        Guid entryId, string what, string reason, Actor by, Func<WaitingListEntry, DateLine, DateTimeOffset, KeepWaitingOrderResult> act, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return KeepWaitingOrderResult.ReasonMissing;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        if (await WaitingLock.TakeAsync(db, entryId, ct) is not { } entry || await BookingSummaries.RunAsync(db, entry.RunId, ct) is not { } run)
        {
            return KeepWaitingOrderResult.Gone;
        }

        var result = act(entry, run, now);
        if (result != KeepWaitingOrderResult.Done)
        {
            return result;
        }

        HistoryEntry.Add<CourseRun>(db, run.Id, by, what, [], now, reason);
        await db.SaveChangesAsync(ct);
        await offer.RunAsync(run.Id, ct);
        await transaction.CommitAsync(ct);
        return KeepWaitingOrderResult.Done;
    }
}
