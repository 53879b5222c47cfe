using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum JoinResult
{
    /// <summary>On the list, now or since before: whoever reads the answer may be a stranger.</summary>
    Waiting,

    /// <summary>There are places enough: book them.</summary>
    NotFull,
    RunClosed,

    /// <summary>So many wait that nobody else would get a place.</summary>
    ListFull,
}

/// <summary>
/// Puts somebody at the end of the queue for a full date, once a person. Joining again changes nothing and keeps the position. The
/// email has the position and the link to their own page; who joins again gets another, once a day and while an offer lasts once an hour, so that no page need say who waits.
/// <see cref="OfferPlaces"/> gives them what becomes free.
/// </summary>
internal sealed class JoinWaitingList(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>On one date.</summary>
    public const int MostEntries = 200;

    /// <summary>Of one address, on one date. More are not added, and nothing is said of it: the address may be a stranger's.</summary>
    public const int MostOfAddress = 10;

    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromDays(1);

    /// <summary>An offer may be over tomorrow.</summary>
    private static readonly TimeSpan OfferAgainAfter = TimeSpan.FromHours(1);

    public async Task<JoinResult> RunAsync(Guid runId, string name, string email, int placesWanted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var run = await BookingSummaries.RunAsync(db, runId, ct);
        if (run is null || !run.IsOpenAt(now))
        {
            return JoinResult.RunClosed;
        }

        if (run.LeftAt(now) >= placesWanted)
        {
            return JoinResult.NotFull;
        }

        if (await db.WaitingListEntries.Where(WaitingListEntry.IsLive).CountAsync(entry => entry.RunId == runId, ct) >= MostEntries)
        {
            return JoinResult.ListFull;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var key = PersonKey.Of(email, name);
        await db.Database.ExecuteSqlAsync($"select from course_runs where id = {runId} for no key update", ct);
        var added = Guid.CreateVersion7(now);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into waiting_list_entries (id, run_id, name, name_key, email, email_key, places_wanted, created_at, state)
            select {added}, {runId}, {name}, {key.Name}, {email}, {key.Email}, {placesWanted}, {now}, 'Waiting'
            where (
                select count(*)
                from waiting_list_entries
                where run_id = {runId}
                  and email_key = {key.Email}
                  and (state in ('Waiting', 'Offered', 'SetAside') or created_at > {now - TellAgainAfter})
            ) < {MostOfAddress}
            on conflict (run_id, email_key, name_key) where state in ('Waiting', 'Offered', 'SetAside') do nothing
            """,
            ct);
        var entry = await db.WaitingListEntries.AsNoTracking().Where(WaitingListEntry.IsLive)
            .SingleOrDefaultAsync(one => one.RunId == runId && one.EmailKey == key.Email && one.NameKey == key.Name, ct);
        if (entry?.Id == added)
        {
            WaitingListEvent.Add(db, added, WaitingEventKind.Joined, now);
        }

        if (entry is not null && !await IsToldAsync(entry, now, ct))
        {
            await TellAsync(db, site.Value, run, entry, now, ct);
        }

        await db.SaveChangesAsync(ct);

        await transaction.CommitAsync(ct);
        return JoinResult.Waiting;
    }

    private Task<bool> IsToldAsync(WaitingListEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - (entry.State == WaitingState.Offered ? OfferAgainAfter : TellAgainAfter);
        return db.SecretLinks.AnyAsync(
            link => link.Purpose == WaitingListEntry.LinkPurpose && link.SubjectId == entry.Id && link.CreatedAt > since, ct);
    }

    /// <summary>Adds what they need to know now to what is saved next: their position, or once more the offer that they have.</summary>
    public static async Task TellAsync(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        if (entry.OfferedUntil is { } until && now < until)
        {
            WaitingEmails.Offered(db, site, run, entry, until, now);
            return;
        }

        WaitingEmails.Joined(db, site, run, entry, await WaitingOrder.PositionAsync(db, entry, ct), now);
    }
}
