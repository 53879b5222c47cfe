using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
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
/// email has the position and the link to leave; who joins again gets another, once a day, so that no page need say who waits.
/// Promises nothing: the training team offers what becomes free.
/// </summary>
internal sealed class JoinWaitingList(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>On one date.</summary>
    public const int MostEntries = 200;

    /// <summary>Of one address, on one date. More are not added, and nothing is said of it: the address may be a stranger's.</summary>
    public const int MostOfAddress = 10;

    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromDays(1);

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

        if (await db.WaitingListEntries.CountAsync(entry => entry.RunId == runId, ct) >= MostEntries)
        {
            return JoinResult.ListFull;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var key = PersonKey.Of(email, name);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into waiting_list_entries (id, run_id, name, name_key, email, email_key, places_wanted, created_at, state)
            select {Guid.CreateVersion7(now)}, {runId}, {name}, {key.Name}, {email}, {key.Email}, {placesWanted}, {now}, 'Waiting'
            where (select count(*) from waiting_list_entries where run_id = {runId} and email_key = {key.Email}) < {MostOfAddress}
            on conflict (run_id, email_key, name_key) where state = 'Waiting' do nothing
            """,
            ct);
        var waiting = await db.WaitingListEntries.AsNoTracking()
            .Where(entry => entry.RunId == runId && entry.State == WaitingState.Waiting)
            .OrderBy(entry => entry.CreatedAt)
            .ThenBy(entry => entry.Id)
            .ToListAsync(ct);
        var position = waiting.FindIndex(entry => entry.EmailKey == key.Email && entry.NameKey == key.Name);
        if (position >= 0 && !await IsToldAsync(waiting[position].Id, now, ct))
        {
            Tell(db, site.Value, run, waiting[position], position + 1, now);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return JoinResult.Waiting;
    }

    private Task<bool> IsToldAsync(Guid entryId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - TellAgainAfter;
        return db.SecretLinks.AnyAsync(
            link => link.Purpose == WaitingListEntry.LinkPurpose && link.SubjectId == entryId && link.CreatedAt > since, ct);
    }

    /// <summary>Adds the email with a fresh link to leave to what is saved next.</summary>
    public static void Tell(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, int position, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, WaitingListEntry.LinkPurpose, entry.Id, now, run.EndsAt);
        var message = new WaitingListJoinedEmail(
            entry.Name,
            run.CourseDate(),
            entry.PlacesWanted == 1 ? "1 place" : $"{entry.PlacesWanted} places",
            site.Absolute(CatalogueUrls.Course(run.Slug)),
            site.Absolute(BookingUrls.LeaveWaitingList(token.Value)),
            position);
        db.Add(OutgoingEmail.To(entry.Email, message, now));
    }
}
