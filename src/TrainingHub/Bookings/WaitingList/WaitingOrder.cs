using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings;

/// <summary>
/// The order of a waiting list: whom staff put first with a reason, then by when they joined, then by the entry's own number, so that no
/// two ever tie. Said here once, for offers, positions and lists.
/// </summary>
internal static class WaitingOrder
{
    public static IOrderedQueryable<WaitingListEntry> InOrder(this IQueryable<WaitingListEntry> entries) =>
        entries.OrderByDescending(entry => entry.IsPriority).ThenBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id);

    /// <summary>Those who wait for their turn, the next one first. Who has an offer has had it, and who is set aside has none for now.</summary>
    public static IQueryable<WaitingListEntry> Queue(TrainingHubDb db, Guid runId) =>
        db.WaitingListEntries.Where(entry => entry.RunId == runId && entry.State == WaitingState.Waiting).InOrder();

    /// <returns>From 1; null when it is not their turn to come: they have an offer, are set aside or do not wait.</returns>
    public static async Task<int?> PositionAsync(TrainingHubDb db, WaitingListEntry entry, CancellationToken ct) =>
        (await Queue(db, entry.RunId).Select(one => one.Id).ToListAsync(ct)).IndexOf(entry.Id) is var index and >= 0 ? index + 1 : null;
}
