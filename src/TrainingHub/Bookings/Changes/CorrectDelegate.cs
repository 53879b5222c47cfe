using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Corrects the name or the address of who has a place, until the course begins, on every date of the order that is still to come.
/// It stays the same person: access needs stay, nobody is told of a swap, and the survey goes to the corrected address. A booker who
/// was this very person is corrected with them. What went to a wrong address is sent to the right one: the delegate's email about
/// the places, or the booker's with the private link. Staff do it for a course that has begun too, where nobody is told any more, as
/// often as they like and before a card payment came; it is written in the booking's history.
/// </summary>
internal sealed class CorrectDelegate(TrainingHubDb db, Tries tries, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="bookingId"></param>
    /// <param name="placeId"></param>
    /// <param name="name"></param>
    /// <param name="email"></param>
    /// <param name="ct"></param>
    /// <param name="by">The member of staff; null for whoever has a private link.</param>
    public async Task<DelegateChangeOutcome> RunAsync(Guid bookingId, Guid placeId, string name, string email, CancellationToken ct, Actor? by = null)
    {
        var now = clock.GetUtcNow();
        if (by is null && await tries.TakeAsync(ChangingPlace.Changes, bookingId.ToString(), ct) is not null)
        {
            return new(DelegateChangeResult.TooManyChanges);
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        if (await ChangingPlace.LockAsync(db, bookingId, placeId, ct) is not { } changing)
        {
            return new(DelegateChangeResult.NotALivePlace);
        }

        if (by is null && WhyNot(changing, now) is { } refusal)
        {
            return new(refusal);
        }

        var person = await AddPerson.CorrectAsync(db, changing.Place.PersonId, name, email, now, ct);
        var same = changing.OfSamePerson(unlessBegunBy: by is null ? now : null);
        foreach (var one in same)
        {
            if (await one.OtherBookingOfAsync(db, person, ct) is { } other)
            {
                return new(DelegateChangeResult.AlreadyOnDate, other);
            }
        }

        var (booking, former) = (changing.Booking, changing.Former.Dates[0].Delegates[0]);
        var wasBooker = PersonKey.Of(former.Email ?? "", former.Name) == PersonKey.Of(booking.BookerEmail ?? "", booking.BookerName ?? "");
        foreach (var one in same)
        {
            one.Place.Correct(person, name);
        }

        if (wasBooker)
        {
            booking.CorrectBooker(name, email);
        }

        if (EmailAddress.KeyOf(former.Email ?? "") != EmailAddress.KeyOf(email))
        {
            await TellNewAddressAsync(changing, [.. same.Where(one => !one.HasBegun(now)).Select(one => one.Place)], wasBooker, by, now, ct);
        }
        else
        {
            await KeepLinksAsync(same, PersonKey.Of(email, former.Name), PersonKey.Of(email, name), ct);
        }

        if (by is not null)
        {
            await NoteAsync(changing, former, name, email, by, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(DelegateChangeResult.Changed);
    }

    private static DelegateChangeResult? WhyNot(ChangingPlace changing, DateTimeOffset now) =>
        changing.HasBegun(now) ? DelegateChangeResult.RunStarted
        : changing.Booking.AwaitsCardPayment ? DelegateChangeResult.NotPaidYet
        : null;

    private async Task NoteAsync(ChangingPlace changing, BookedDelegate former, string name, string email, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        await ConfirmedAddress.ConfirmAsync(db, email, now, ct);
        var changes = HistoryChange.Of(HistoryChange.OfPerson("Name", former.Name, name), HistoryChange.OfPerson("Email address", former.Email, email));
        if (changes.Count > 0)
        {
            changing.Note(db, by, "Delegate corrected", changes, now);
        }
    }

    /// <summary>The links in the delegate's mailbox go on working under the new name. Those in a wrong mailbox do not.</summary>
    private async Task KeepLinksAsync(IReadOnlyList<ChangingPlace> same, PersonKey former, PersonKey corrected, CancellationToken ct)
    {
        foreach (var one in same)
        {
            var (before, after) = (DelegateLink.SubjectOf(one.Place.Id, former), DelegateLink.SubjectOf(one.Place.Id, corrected));
            await db.SecretLinks.Where(link => link.Purpose == DelegateLink.Purpose && link.SubjectId == before)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.SubjectId, after), ct);
        }
    }

    private async Task TellNewAddressAsync(
        ChangingPlace changing, IReadOnlyList<Place> corrected, bool wasBooker, Actor? by, DateTimeOffset now, CancellationToken ct)
    {
        var booking = changing.Booking;
        if (corrected.Count == 0)
        {
            return;
        }

        if (wasBooker)
        {
            if (by is not null)
            {
                await BookingSummaries.DropLinksAsync(db, booking.Id, ct);
            }

            var summary = await BookingSummaries.ReadAsync(db, booking, changing.Locked.LivePlaces, ct);
            var emails = await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct);
            // How it was paid stood in the first one; when, this does not know.
            BookingSummaries.TellBooker(db, booking, emails.Standing(booking, payment: null), now);
        }
        else if (booking.State == BookingState.Confirmed)
        {
            var summary = await BookingSummaries.ReadAsync(db, booking, corrected, ct);
            var links = new DelegateLinks(site.Value, now);
            db.AddRange(BookingEmails.ToDelegates(summary, links, now));
            db.AddRange(links.Made);
        }
    }
}
