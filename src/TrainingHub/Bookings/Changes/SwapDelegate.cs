using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum SwapResult
{
    Swapped,
    NotALivePlace,
    RunStarted,

    /// <summary>The new person has a place on this date already.</summary>
    AlreadyOnDate,
}

/// <summary>
/// Gives a place to another person, until the course begins. No seat is taken or freed, so it works on a full date. What the
/// former delegate said about access goes with them. The same address with another name corrects the name. Tells the booker,
/// the new and the former delegate.
/// </summary>
internal sealed class SwapDelegate(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<SwapResult> RunAsync(Guid bookingId, Guid placeId, Delegate newcomer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        var place = locked?.LivePlaces.FirstOrDefault(one => one.Id == placeId);
        if (locked is null || place is null)
        {
            return SwapResult.NotALivePlace;
        }

        var former = await BookingSummaries.ReadAsync(db, locked.Booking, [place], ct);
        if (locked.HasBegun(place, now))
        {
            return SwapResult.RunStarted;
        }

        var isSamePerson = former.Dates[0].Delegates[0].Email is { } address && Person.KeyOf(address) == Person.KeyOf(newcomer.Email);
        place.DelegateName = newcomer.Name;
        if (!isSamePerson)
        {
            place.PersonId = await PersonAsync(newcomer, now, ct);
            place.AccessNeeds = newcomer.AccessNeeds;
            TellBoth(locked.Booking, former, newcomer, now);
        }

        var emails = await BookingSummaries.EmailsAsync(db, locked.Booking, former, site.Value, now, ct);
        BookingSummaries.TellBooker(db, locked.Booking, emails.Swapped(newcomer.Name), now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: "ux_places_live_person" })
        {
            return SwapResult.AlreadyOnDate;
        }

        await transaction.CommitAsync(ct);
        return SwapResult.Swapped;
    }

    /// <summary>The person with this address, added when new. A known person keeps the name that is on record.</summary>
    private async Task<Guid> PersonAsync(Delegate newcomer, DateTimeOffset now, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            insert into people (id, email, email_key, name, created_at)
            values ({Guid.CreateVersion7(now)}, {newcomer.Email}, {Person.KeyOf(newcomer.Email)}, {newcomer.Name}, {now})
            on conflict (email_key) do update set email_key = excluded.email_key
            returning id
            """).ToListAsync(ct);
        return found[0];
    }

    private void TellBoth(Booking booking, BookingSummary former, Delegate newcomer, DateTimeOffset now)
    {
        if (booking.State != BookingState.Confirmed)
        {
            return;
        }

        if (Person.KeyOf(newcomer.Email) != Person.KeyOf(former.BookerEmail))
        {
            var message = new PlaceForYouEmail(newcomer.Name, former.BookerName, former.Run.CourseDate(), BookingEmails.DateUrl(former.Run, site.Value));
            db.Add(OutgoingEmail.To(newcomer.Email, message, now, booking.Reference));
        }

        foreach (var person in former.DelegatesBesideBooker)
        {
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.YourPlaceCancelled(person, former, site.Value), now, booking.Reference));
        }
    }
}
