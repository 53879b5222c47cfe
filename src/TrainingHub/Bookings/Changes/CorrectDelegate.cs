using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Corrects the name or the address of who has a place, until the course begins, on every date of the order that is still to come.
/// It stays the same person: access needs stay, nobody is told of a swap, and the survey goes to the corrected address. A booker who
/// was this very person is corrected with them. What went to a wrong address is sent to the right one: the delegate's email about
/// the places, or the booker's with the private link.
/// </summary>
internal sealed class CorrectDelegate(TrainingHubDb db, Tries tries, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<DelegateChangeOutcome> RunAsync(Guid bookingId, Guid placeId, string name, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await tries.TakeAsync(ChangingPlace.Changes, bookingId.ToString(), ct) is not null)
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

        var person = await AddPerson.CorrectAsync(db, changing.Place.PersonId, name, email, now, ct);
        var same = changing.OfSamePerson(now);
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
            await TellNewAddressAsync(changing, [.. same.Select(one => one.Place)], wasBooker, now, ct);
        }
        else
        {
            await KeepLinksAsync(same, PersonKey.Of(email, former.Name), PersonKey.Of(email, name), ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(DelegateChangeResult.Changed);
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
        ChangingPlace changing, IReadOnlyList<Place> corrected, bool wasBooker, DateTimeOffset now, CancellationToken ct)
    {
        var booking = changing.Booking;
        if (wasBooker)
        {
            var summary = await BookingSummaries.ReadAsync(db, booking, changing.Locked.LivePlaces, ct);
            var emails = await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct);
            BookingSummaries.TellBooker(db, booking, ForBooker(booking, emails), now);
        }
        else if (booking.State == BookingState.Confirmed)
        {
            var summary = await BookingSummaries.ReadAsync(db, booking, corrected, ct);
            var links = new DelegateLinks(site.Value, now);
            db.AddRange(BookingEmails.ToDelegates(summary, links, now));
            db.AddRange(links.Made);
        }
    }

    // How it was paid stood in the first one; when, this does not know.
    private static IEmailMessage ForBooker(Booking booking, BookingEmails emails) => booking.State == BookingState.Confirmed
        ? emails.Confirmed(payment: null)
        : emails.Received(
            booking is { PaymentMethod: PaymentMethod.FreePlace, HeldUntil: null } ? BookingAwaits.FreePlaceDecision : BookingAwaits.CardPayment,
            booking.HeldUntil);
}
