using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Gives what is free on a date to whoever waits for it: ends offers that were not answered in time, then offers places to the next ones
/// in order, each all that they want or none. Nobody overtakes: where the next one wants more than is free, what becomes free gathers for
/// them until they ask for fewer, staff set them aside, or the list closes. When booking has closed the list ends, and each is told once.
/// Under the date's lock, with the table's CHECK as the last word. Joins its caller's transaction. A second run finds nothing to do.
/// </summary>
internal sealed class OfferPlaces(TrainingHubDb db, TimeProvider clock, IOptions<WaitingListOptions> options, IOptions<SiteOptions> site)
{
    /// <returns>How many entries it has changed.</returns>
    public async Task<int> RunAsync(Guid runId, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        await db.Database.ExecuteSqlAsync($"select from course_runs where id = {runId} for no key update", ct);
        var run = await BookingSummaries.RunAsync(db, runId, ct);
        if (run is not { State: RunState.Scheduled })
        {
            return 0;
        }

        var now = clock.GetUtcNow();
        var live = await db.WaitingListEntries.Where(entry => entry.RunId == runId).Where(WaitingListEntry.IsLive).InOrder().ToListAsync(ct);
        var changed = run.ClosesAt <= now ? Close(run, live, now) : Lapse(run, live, now);
        await db.SaveChangesAsync(ct);
        if (run.IsOpenAt(now))
        {
            await CountAgainAsync(db, runId, now, ct);
            changed += Offer(run, live, await FreeAsync(db, runId, now, ct), now);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return changed;
    }

    /// <summary>
    /// The places that the list can be offered at this moment. What staff have just freed by an act is not, while the act can be undone.
    /// True until the commit when the date's row is locked.
    /// </summary>
    public static Task<int> FreeAsync(TrainingHubDb db, Guid runId, DateTimeOffset now, CancellationToken ct) => db.Database.SqlQuery<int>(
        $"""
        select places_not_offered(run, null, {now}) - (
            select count(*)::int
            from places place
            join undoable_acts act on act.at = place.ended_at and act.held_until > {now} and act.undone_id is null
            where place.run_id = run.id
              and place.state = 'Cancelled'
        ) as "Value"
        from course_runs run
        where run.id = {runId}
        """).SingleAsync(ct);

    /// <summary>The table's CHECK has no clock: it is told that the day is over until which places were held for a sector.</summary>
    public static Task<int> CountAgainAsync(TrainingHubDb db, Guid runId, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"update course_runs set counted_at = {now} where id = {runId} and held_back_until <= {now} and counted_at is distinct from {now}", ct);

    /// <summary>Adds the offer and its email to what is saved next.</summary>
    public DateTimeOffset Offer(DateLine run, WaitingListEntry entry, DateTimeOffset now)
    {
        var until = OfferTimes.Until(now, run.ClosesAt, options.Value);
        entry.Offer(until);
        WaitingListEvent.Add(db, entry.Id, WaitingEventKind.Offered, now, until);
        WaitingEmails.Offered(db, site.Value, run, entry, until, now);
        return until;
    }

    private int Offer(DateLine run, List<WaitingListEntry> live, int free, DateTimeOffset now)
    {
        var offered = 0;
        foreach (var next in live.Where(entry => entry.State == WaitingState.Waiting))
        {
            if (next.PlacesWanted > free)
            {
                break;
            }

            Offer(run, next, now);
            free -= next.PlacesWanted;
            offered++;
        }

        return offered;
    }

    private int Lapse(DateLine run, List<WaitingListEntry> live, DateTimeOffset now)
    {
        var over = live.Where(entry => entry.State == WaitingState.Offered && entry.OfferedUntil <= now).ToList();
        foreach (var entry in over)
        {
            entry.End(WaitingState.Lapsed);
            WaitingListEvent.Add(db, entry.Id, WaitingEventKind.Lapsed, now);
            WaitingEmails.OfferEnded(db, site.Value, run, entry, isWithdrawn: false, now);
        }

        return over.Count;
    }

    private int Close(DateLine run, List<WaitingListEntry> live, DateTimeOffset now)
    {
        foreach (var entry in live)
        {
            entry.End(WaitingState.Closed);
            WaitingListEvent.Add(db, entry.Id, WaitingEventKind.Closed, now);
            WaitingEmails.Closed(db, site.Value, run, entry, now);
        }

        return live.Count;
    }
}
