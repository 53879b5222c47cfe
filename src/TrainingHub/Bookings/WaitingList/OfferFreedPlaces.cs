using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Sees to every waiting list whose date has a place, an offer that is over, or booking that has closed. Until it comes, what was freed is
/// owed to the list and nobody else gets it. Each date is a transaction of its own: if the job dies half-way the others wait for the next
/// run, and a second run finds nothing.
/// </summary>
internal sealed class OfferFreedPlaces(TrainingHubDb db, OfferPlaces offer, TimeProvider clock) : IJob
{
    private const int Batch = 200;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.CourseRuns
            .Where(run => run.State == RunState.Scheduled
                && db.WaitingListEntries.Where(WaitingListEntry.IsLive).Any(entry => entry.RunId == run.Id
                    && (run.StartsAt <= now || run.BooksUntil <= now || run.PlacesLeft > run.PlacesOffered
                        || (entry.State == WaitingState.Offered && entry.OfferedUntil <= now))))
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id)
            .Select(run => run.Id)
            .Take(Batch)
            .ToListAsync(ct);
        return await OneByOne.RunAsync(due, async id =>
        {
            db.ChangeTracker.Clear();
            return await offer.RunAsync(id, ct) > 0;
        });
    }
}
