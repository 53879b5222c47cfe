using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Staff send what somebody has lost: made anew from the booking as it stands, to the address as it is now, with fresh private links,
/// for those in the first email are kept as hashes alone. The form's key makes a second click harmless.
/// </summary>
internal sealed class SendAgain(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    public static bool CanTellBooker(Booking booking) =>
        booking.State is BookingState.Held or BookingState.Confirmed && !booking.AwaitsChoiceOfPayment && EmailAddress.IsValid(booking.BookerEmail);

    /// <summary>Whether the joining link of a date is known and due, so that sending it again is not sending it early.</summary>
    public static bool CanSendLink(CourseRun run, DateTimeOffset now) =>
        run is { State: RunState.Scheduled, Delivery: DeliveryMode.Online, JoiningLink: not null }
        && NoticeTimes.NextMeeting(run, now) is not null && NoticeTimes.JoiningFrom(run.RunsOn) <= now;

    /// <summary>The confirmation, or what is waited for, to the booker.</summary>
    /// <returns>False when there is nothing to send any more.</returns>
    public Task<bool> ToBookerAsync(Guid bookingId, Guid key, Actor by, CancellationToken ct) => OnceAsync(
        db, bookingId, key, "Booking email sent again", by,
        async (locked, now) =>
        {
            if (!CanTellBooker(locked.Booking))
            {
                return null;
            }

            var summary = await BookingSummaries.ReadAsync(db, locked.Booking, locked.LivePlaces, ct);
            summary = summary with { Policy = await BookingPolicy.LinesAsync(db, locked.Booking, locked.LivePlaces, now, ct) };
            var emails = await BookingSummaries.EmailsAsync(db, locked.Booking, summary, site.Value, now, ct);
            BookingSummaries.TellBooker(db, locked.Booking, emails.Standing(locked.Booking, emails.PaymentWords(locked.Booking.ConfirmedAt ?? now)), now);
            return locked.Booking.BookerEmail;
        },
        clock, ct);

    /// <summary>“You are booked” to who has a place, with their dates that are not over.</summary>
    /// <returns>False when there is nothing to send any more, or the booker has the place, whose own email says it all.</returns>
    public Task<bool> ToDelegateAsync(Guid bookingId, Guid placeId, Guid key, Actor by, CancellationToken ct) => OnceAsync(
        db, bookingId, key, "Delegate’s email sent again", by,
        async (locked, now) =>
        {
            var place = locked.LivePlaces.FirstOrDefault(one => one.Id == placeId);
            var coming = locked.LivePlaces.Where(one => one.PersonId == place?.PersonId && !locked.HasBegun(one, now)).ToList();
            if (locked.Booking.State != BookingState.Confirmed || place?.PersonId is null || coming.Count == 0)
            {
                return null;
            }

            var links = new DelegateLinks(site.Value, now);
            var summary = await BookingSummaries.ReadAsync(db, locked.Booking, coming, ct);
            db.AddRange(BookingEmails.ToDelegates(summary, links, now));
            db.AddRange(links.Made);
            return summary.DelegatesBesideBooker.Select(person => person.Email).FirstOrDefault();
        },
        clock, ct);

    /// <summary>The joining link, which <see cref="SendNotices"/> then sends within a minute.</summary>
    /// <returns>False when it is not due, or the course is over.</returns>
    public Task<bool> JoiningLinkAsync(Guid bookingId, Guid placeId, Guid key, Actor by, CancellationToken ct) => OnceAsync(
        db, bookingId, key, "Joining link sent again", by,
        async (locked, now) =>
        {
            if (locked.LivePlaces.FirstOrDefault(one => one.Id == placeId) is not { State: PlaceState.Confirmed } place
                || !CanSendLink(await db.CourseRuns.AsNoTracking().SingleAsync(run => run.Id == place.RunId, ct), now))
            {
                return null;
            }

            await db.PlaceNotices.Where(notice => notice.PlaceId == placeId && notice.Kind == NoticeKind.JoiningLink).ExecuteDeleteAsync(ct);
            return await db.People.Where(person => person.Id == place.PersonId).Select(person => person.Email).SingleOrDefaultAsync(ct);
        },
        clock, ct);

    /// <summary>Does it under the lock of the booking, in one transaction with its history, unless this key was used before.</summary>
    /// <param name="db"></param>
    /// <param name="bookingId"></param>
    /// <param name="key">The form's own id, which becomes that of the entry in the history.</param>
    /// <param name="act"></param>
    /// <param name="by"></param>
    /// <param name="queue">Adds the email and gives its address, which staff vouch for; null when there is nothing to send.</param>
    /// <param name="clock"></param>
    /// <param name="ct"></param>
    public static async Task<bool> OnceAsync(
        TrainingHubDb db, Guid bookingId, Guid key, string act, Actor by, Func<LockedBooking, DateTimeOffset, Task<string?>> queue,
        TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { } locked)
        {
            return false;
        }

        if (await db.HistoryEntries.AnyAsync(entry => entry.Id == key, ct))
        {
            return true;
        }

        var now = clock.GetUtcNow();
        if (await queue(locked, now) is not { } address)
        {
            return false;
        }

        await ConfirmedAddress.ConfirmAsync(db, address, now, ct);
        db.Add(HistoryEntry.New<Booking>(bookingId, by, act, [], now, id: key));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
