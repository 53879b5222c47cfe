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
    Joined,
    AlreadyWaiting,

    /// <summary>There are places enough: book them.</summary>
    NotFull,
    RunClosed,
}

/// <param name="Position">When joined or waiting already: how many stand in the queue up to and with this entry.</param>
internal sealed record JoinOutcome(JoinResult Result, int Position = 0);

/// <summary>
/// Puts somebody at the end of the queue for a full date, once an address. Joining again changes nothing and keeps the position.
/// The email has the link to leave. Promises nothing: the training team offers what becomes free.
/// </summary>
internal sealed class JoinWaitingList(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<JoinOutcome> RunAsync(Guid runId, string name, string email, int placesWanted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var run = await BookingSummaries.RunAsync(db, runId, ct);
        if (run is null || !run.IsOpenAt(now))
        {
            return new(JoinResult.RunClosed);
        }

        if (run.PlacesLeft >= placesWanted)
        {
            return new(JoinResult.NotFull);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (id, key) = (Guid.CreateVersion7(now), Person.KeyOf(email));
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into waiting_list_entries (id, run_id, name, email, email_key, places_wanted, created_at, state)
            values ({id}, {runId}, {name}, {email}, {key}, {placesWanted}, {now}, 'Waiting')
            on conflict (run_id, email_key) where state = 'Waiting' do nothing
            """,
            ct);
        if (added == 1)
        {
            Tell(run, id, name, email, placesWanted, now);
            await db.SaveChangesAsync(ct);
        }

        var position = await PositionAsync(runId, key, ct);
        await transaction.CommitAsync(ct);
        return new(added == 1 ? JoinResult.Joined : JoinResult.AlreadyWaiting, position);
    }

    private void Tell(DateLine run, Guid entryId, string name, string email, int placesWanted, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, WaitingListEntry.LinkPurpose, entryId, now, run.EndsAt);
        var message = new WaitingListJoinedEmail(
            name,
            run.CourseDate(),
            placesWanted == 1 ? "1 place" : $"{placesWanted} places",
            site.Value.Absolute(CatalogueUrls.Course(run.Slug)),
            site.Value.Absolute(BookingUrls.LeaveWaitingList(token.Value)));
        db.Add(OutgoingEmail.To(email, message, now));
    }

    private async Task<int> PositionAsync(Guid runId, string key, CancellationToken ct)
    {
        var waiting = await db.WaitingListEntries
            .Where(entry => entry.RunId == runId && entry.State == WaitingState.Waiting)
            .OrderBy(entry => entry.CreatedAt)
            .ThenBy(entry => entry.Id)
            .Select(entry => entry.EmailKey)
            .ToListAsync(ct);
        return waiting.IndexOf(key) + 1;
    }
}
