using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Gives a place to another person, also one at the same address, until the course begins. No seat is taken or freed, so it works
/// on a full date. What the former delegate said about access does not pass to the other, and the sessions that they chose are free again. Tells the booker, and once the booking is
/// confirmed the new and the former delegate. A wrong name or address is no swap: <see cref="CorrectDelegate"/>.
/// Staff do it as often as they like; it is written in the booking's history.
/// </summary>
internal sealed class SwapDelegate(TrainingHubDb db, Tries tries, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="bookingId"></param>
    /// <param name="placeId"></param>
    /// <param name="newcomer"></param>
    /// <param name="ct"></param>
    /// <param name="by">The member of staff; null for whoever has the private link.</param>
    /// <param name="withoutBecause">Why staff let somebody come who has not done the course that is required before; null when nobody does.</param>
    public async Task<DelegateChangeOutcome> RunAsync(
        Guid bookingId, Guid placeId, Delegate newcomer, CancellationToken ct, Actor? by = null, string? withoutBecause = null)
    {
        var now = clock.GetUtcNow();
        if (by is null && await tries.TakeAsync(ChangingPlace.Changes, bookingId.ToString(), ct) is not null)
        {
            return new(DelegateChangeResult.TooManyChanges);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await ChangingPlace.LockAsync(db, bookingId, placeId, ct) is not { } changing)
        {
            return new(DelegateChangeResult.NotALivePlace);
        }

        if (changing.HasBegun(now))
        {
            return new(DelegateChangeResult.RunStarted);
        }

        if (changing.Booking.AwaitsCardPayment)
        {
            return new(DelegateChangeResult.NotPaidYet);
        }

        var isWithout = PrerequisiteAnswer.IsMissing(await RunPrerequisite.FindAsync(db, changing.Place.RunId, ct), [newcomer]);
        if (isWithout && withoutBecause is null)
        {
            return new(DelegateChangeResult.PrerequisiteMissing);
        }

        var person = await AddPerson.FindOrAddAsync(db, newcomer.Name, newcomer.Email, now, ct);
        if (person == changing.Place.PersonId)
        {
            return new(DelegateChangeResult.SamePerson);
        }

        if (await changing.OtherBookingOfAsync(db, person, ct) is { } other)
        {
            return new(DelegateChangeResult.AlreadyOnDate, other);
        }

        changing.Place.GiveTo(person, newcomer.Name, newcomer.AccessNeeds, newcomer.Prerequisite);
        await db.Database.ExecuteSqlAsync($"select free_session_choices({placeId})", ct);
        await TellAsync(changing.Booking, changing.Former, newcomer, now, ct);
        if (by is not null)
        {
            await ConfirmedAddress.ConfirmAsync(db, newcomer.Email, now, ct);
            changing.Note(db, by, "Place given to another person", [], now);
            if (isWithout)
            {
                RunPrerequisite.NoteWithout(db, bookingId, by, withoutBecause, now);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(DelegateChangeResult.Changed);
    }

    private async Task TellAsync(Booking booking, BookingSummary former, Delegate newcomer, DateTimeOffset now, CancellationToken ct)
    {
        var isConfirmed = booking.State == BookingState.Confirmed;
        var emails = await BookingSummaries.EmailsAsync(db, booking, former, site.Value, now, ct);
        BookingSummaries.TellBooker(db, booking, emails.Swapped(newcomer.Name, isConfirmed), now);
        if (!isConfirmed)
        {
            return;
        }

        if (newcomer.Key != PersonKey.Of(former.BookerEmail, former.BookerName))
        {
            var links = new DelegateLinks(site.Value, now);
            var url = links.UrlOf(former.Dates[0].Delegates[0].PlaceId, newcomer.Key, former.Run.EndsAt);
            db.AddRange(links.Made);
            var message = new PlaceForYouEmail(newcomer.Name, former.BookerName, former.Run.CourseDate(), url);
            db.Add(OutgoingEmail.To(newcomer.Email, message, now, booking.Reference));
        }

        foreach (var person in former.DelegatesBesideBooker)
        {
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.YourPlaceCancelled(person, former, site.Value), now, booking.Reference));
        }
    }
}
