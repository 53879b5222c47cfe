using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum NamePlacesResult
{
    Named,

    /// <summary>The place has been cancelled, or somebody has been named for it.</summary>
    NotWaiting,

    /// <summary>The last day to name people is over, or for staff the course has begun.</summary>
    TooLate,

    /// <summary>A card payment is awaited, for minutes; people are named after it.</summary>
    NotPaidYet,

    /// <summary>The names of this booking have been changed too often today.</summary>
    TooManyChanges,

    /// <summary>Who is to have the place has another on this date already.</summary>
    AlreadyOnDate,

    /// <summary>Who is to have the place has not done the course that is required before, or nobody said.</summary>
    PrerequisiteMissing,
}

/// <param name="Result">Everything but Named left nothing behind.</param>
/// <param name="PlaceId">The place that was refused; null when none was by itself.</param>
/// <param name="OtherBooking">When already on the date: by which booking. Only who made that one may be told so.</param>
internal sealed record NamePlacesOutcome(NamePlacesResult Result, Guid? PlaceId = null, Guid? OtherBooking = null);

/// <summary>
/// Says who comes to places that were booked without a name: all of those given, or none. The booker may until the end of
/// <see cref="NameLater.LastDay"/>, staff until the course begins. No seat is taken or freed and the price stays. Tells the booker, and once the
/// booking is confirmed each person as if they had been named at first. The same again finds the places named.
/// </summary>
internal sealed class NamePlaces(TrainingHubDb db, Tries tries, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="bookingId"></param>
    /// <param name="people">By place; at least one, nobody twice on a date.</param>
    /// <param name="ct"></param>
    /// <param name="by">The member of staff; null for whoever has the private link.</param>
    /// <param name="withoutBecause">Why staff let people come who have not done the course that is required before; null when nobody does.</param>
    public async Task<NamePlacesOutcome> RunAsync(
        Guid bookingId, IReadOnlyDictionary<Guid, Delegate> people, CancellationToken ct, Actor? by = null, string? withoutBecause = null)
    {
        var now = clock.GetUtcNow();
        if (by is null && await tries.TakeAsync(ChangingPlace.Changes, bookingId.ToString(), ct) is not null)
        {
            return new(NamePlacesResult.TooManyChanges);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { } locked)
        {
            return new(NamePlacesResult.NotWaiting);
        }

        if (locked.Booking.AwaitsCardPayment)
        {
            return new(NamePlacesResult.NotPaidYet);
        }

        var named = new List<Place>();
        var isWithout = false;
        // In the order of the people, so that two that name the same ones do not wait for each other.
        foreach (var (id, person) in people.OrderBy(one => one.Value.Key.Email, StringComparer.Ordinal).ThenBy(one => one.Value.Key.Name, StringComparer.Ordinal))
        {
            if (locked.LivePlaces.FirstOrDefault(one => one.Id == id && one.AwaitsName) is not { } place)
            {
                return new(NamePlacesResult.NotWaiting, id);
            }

            if (IsTooLate(locked, place, by, now))
            {
                return new(NamePlacesResult.TooLate, id);
            }

            var asked = await RunPrerequisite.FindAsync(db, place.RunId, ct);
            if (withoutBecause is null && PrerequisiteAnswer.IsMissing(asked, [person]))
            {
                return new(NamePlacesResult.PrerequisiteMissing, id);
            }

            isWithout |= PrerequisiteAnswer.IsMissing(asked, [person]);
            var personId = await AddPerson.FindOrAddAsync(db, person.Name, person.Email, now, ct);
            if (await OtherBookingAsync(place.RunId, personId, ct) is { } other)
            {
                return new(NamePlacesResult.AlreadyOnDate, id, other);
            }

            place.GiveTo(personId, person.Name, person.AccessNeeds, person.Prerequisite);
            // So that the next one sees it.
            await db.SaveChangesAsync(ct);
            named.Add(place);
        }

        await TellAsync(locked.Booking, [.. named.OrderBy(place => place.Id)], now, ct);
        if (by is not null)
        {
            HistoryEntry.Add<Booking>(db, bookingId, by, "People named", [new("Places", null, $"{named.Count}")], now);
            if (isWithout)
            {
                RunPrerequisite.NoteWithout(db, bookingId, by, withoutBecause, now);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(NamePlacesResult.Named);
    }

    private static bool IsTooLate(LockedBooking locked, Place place, Actor? by, DateTimeOffset now)
    {
        var startsAt = locked.Dates.First(date => date.Id == place.RunId).StartsAt;
        return startsAt <= now || (by is null && !NameLater.IsOpen(London.DateOf(startsAt), now));
    }

    private Task<Guid?> OtherBookingAsync(Guid run, Guid person, CancellationToken ct) =>
        db.LivePlaces.Where(other => other.RunId == run && other.PersonId == person).Select(other => (Guid?)other.BookingId).FirstOrDefaultAsync(ct);

    private async Task TellAsync(Booking booking, IReadOnlyList<Place> named, DateTimeOffset now, CancellationToken ct)
    {
        var summary = await BookingSummaries.ReadAsync(db, booking, named, ct);
        var emails = await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct);
        var isConfirmed = booking.State == BookingState.Confirmed;
        BookingSummaries.TellBooker(db, booking, emails.Named(isConfirmed), now);
        if (!isConfirmed)
        {
            return;
        }

        var links = new DelegateLinks(site.Value, now);
        db.AddRange(BookingEmails.ToDelegates(summary, links, now));
        db.AddRange(links.Made);
    }
}
