using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum CorrectBookerResult
{
    Corrected,
    NotFound,

    /// <summary>Their own place would be that of somebody who has another on the date.</summary>
    AlreadyOnDate,
}

internal enum OwnPlace
{
    /// <summary>Somebody else looks after the booking from now on; who comes stays.</summary>
    Stays,

    /// <summary>The booker comes too, and is the same person under the corrected name.</summary>
    IsCorrected,
}

/// <param name="Name"></param>
/// <param name="Email"></param>
/// <param name="Organisation">As it shall stand on the order; null takes it away.</param>
internal sealed record BookerFacts(string Name, string Email, string? Organisation);

/// <summary>
/// Staff correct who booked: name, address, and the organisation as it stands on the order, whose known match follows the name. A new
/// address gets what the booker has to have in hand, with a fresh private link, and the links in the former mailbox open nothing any
/// more. The known organisation itself is not renamed.
/// </summary>
internal sealed class CorrectBooker(TrainingHubDb db, CorrectDelegate correct, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<CorrectBookerResult> RunAsync(Guid bookingId, BookerFacts facts, OwnPlace own, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var organisation = await KnownOrganisationAsync(facts.Organisation, ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { } locked)
        {
            return CorrectBookerResult.NotFound;
        }

        var booking = locked.Booking;
        var changes = HistoryChange.Of(
            HistoryChange.OfPerson("Booker’s name", booking.BookerName, facts.Name),
            HistoryChange.OfPerson("Booker’s email address", booking.BookerEmail, facts.Email),
            new HistoryChange("Organisation on the order", booking.OrganisationName, facts.Organisation));
        if (changes.Count == 0)
        {
            return CorrectBookerResult.Corrected;
        }

        var isNewAddress = EmailAddress.KeyOf(booking.BookerEmail ?? "") != EmailAddress.KeyOf(facts.Email);
        if (own == OwnPlace.IsCorrected && await PlaceOfBookerAsync(db, locked, ct) is { } place)
        {
            var outcome = await correct.RunAsync(bookingId, place, facts.Name, facts.Email, ct, by);
            if (outcome.Result != DelegateChangeResult.Changed)
            {
                return CorrectBookerResult.AlreadyOnDate;
            }

            booking = (await BookingLock.TakeAsync(db, bookingId, ct))?.Booking ?? booking;
        }
        else
        {
            booking.CorrectBooker(facts.Name, facts.Email);
            if (isNewAddress)
            {
                await TellAsync(locked, now, ct);
            }
        }

        if (booking.OrganisationName != facts.Organisation)
        {
            booking.CorrectOrganisation(facts.Organisation, organisation);
        }

        await ConfirmedAddress.ConfirmAsync(db, facts.Email, now, ct);
        HistoryEntry.Add<Booking>(db, bookingId, by, "Booker corrected", changes, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CorrectBookerResult.Corrected;
    }

    /// <summary>A live place that the booker has; null when they do not come themselves.</summary>
    public static async Task<Guid?> PlaceOfBookerAsync(TrainingHubDb db, LockedBooking locked, CancellationToken ct)
    {
        var key = PersonKey.Of(locked.Booking.BookerEmail ?? "", locked.Booking.BookerName ?? "");
        var people = locked.LivePlaces.Select(place => place.PersonId).ToList();
        var booker = await db.People.Where(person => people.Contains(person.Id) && person.EmailKey == key.Email && person.NameKey == key.Name)
            .Select(person => (Guid?)person.Id).FirstOrDefaultAsync(ct);
        return booker is null ? null : locked.LivePlaces.First(place => place.PersonId == booker).Id;
    }

    private async Task TellAsync(LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        await BookingSummaries.DropLinksAsync(db, locked.Booking.Id, ct);
        if (locked.LivePlaces.Count == 0 || locked.Booking.AwaitsChoiceOfPayment)
        {
            return;
        }

        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, locked.LivePlaces, ct);
        summary = summary with { Policy = await BookingPolicy.LinesAsync(db, locked.Booking, locked.LivePlaces, now, ct) };
        var emails = await BookingSummaries.EmailsAsync(db, locked.Booking, summary, site.Value, now, ct);
        BookingSummaries.TellBooker(db, locked.Booking, emails.Standing(locked.Booking, emails.PaymentWords(locked.Booking.ConfirmedAt ?? now)), now);
    }

    // Held before the booking, as a merge does, so that the name is not merged away meanwhile and the two do not deadlock.
    private async Task<Guid?> KnownOrganisationAsync(string? name, CancellationToken ct)
    {
        var key = name is null ? null : Organisation.KeyOf(name);
        var known = await db.Database.SqlQuery<Guid>(
            $"""
            select coalesce(merged_into_id, id) as "Value"
            from organisations
            where name_key = {key}
            for key share
            """).ToListAsync(ct);
        return known is [var one] ? one : null;
    }
}
