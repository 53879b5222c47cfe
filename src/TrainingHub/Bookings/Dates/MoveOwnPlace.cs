using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum MoveOwnRefusal
{
    NotALivePlace,

    /// <summary>The booking is not certain yet.</summary>
    NotConfirmed,

    /// <summary>Closer to the course than the policy allows.</summary>
    TooLate,

    /// <summary>As often as the policy allows already.</summary>
    MovedBefore,

    /// <summary>No coming date of the same course at the same price.</summary>
    NotOffered,
    Full,

    /// <summary>The person has a place there already.</summary>
    AlreadyThere,
}

/// <summary>
/// The booker moves one place to another date of the course: as often and as long as the policy that the booking accepted allows, and
/// only to a date that costs the same, so that no money moves. A booking that accepted no policy may until the course begins, once. One
/// transaction takes the seat there and frees the one here; nobody else's booking comes between. Tells the booker and the delegate.
/// </summary>
internal sealed class MoveOwnPlace(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <returns>Null when it has moved.</returns>
    public async Task<MoveOwnRefusal?> RunAsync(Guid bookingId, Guid placeId, Guid toId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = await MoveSeats.LockAsync(db, bookingId, toId, ct);
        var locked = await BookingLock.TakeAsync(db, bookingId, ct);
        if (locked?.LivePlaces.FirstOrDefault(one => one.Id == placeId) is not { } place)
        {
            return MoveOwnRefusal.NotALivePlace;
        }

        var policy = await CancelSums.PolicyOfAsync(db, locked.Booking, ct);
        if (WhyNot(locked.Booking, place, runs[place.RunId].StartsAt, policy, now) is { } refusal)
        {
            return refusal;
        }

        var before = await BookingSummaries.ReadAsync(db, locked.Booking, [place], ct);
        if (await BookingSummaries.RunsForAsync(db, locked.Booking, [toId], ct) is not [var to] || to.Id == place.RunId || to.CourseId != before.Run.CourseId || !CostsTheSame(locked.Booking, place, to))
        {
            return MoveOwnRefusal.NotOffered;
        }

        if (await MoveSeats.TryAsync(db, new([place], locked.Booking.SectorId, runs[place.RunId], toId, SeatsFor.Booker), now, ct) is { } seats)
        {
            return seats switch
            {
                MoveSeatsRefusal.Full => MoveOwnRefusal.Full,
                MoveSeatsRefusal.AlreadyThere => MoveOwnRefusal.AlreadyThere,
            };
        }

        place.CountMove();
        await db.PlaceNotices.Where(notice => notice.PlaceId == place.Id).ExecuteDeleteAsync(ct);
        await TellAsync(locked.Booking, before, to, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Whether the booker may move it at all, wherever to.</summary>
    public static MoveOwnRefusal? WhyNot(Booking booking, Place place, DateTimeOffset startsAt, CancellationPolicy? policy, DateTimeOffset now)
    {
        if (booking.State != BookingState.Confirmed || !Booking.TakenHere.Contains(booking.Origin))
        {
            return MoveOwnRefusal.NotConfirmed;
        }

        if (now >= (policy is null ? startsAt : CancellationTerms.Of(policy, startsAt).MoveUntil) || now >= startsAt)
        {
            return MoveOwnRefusal.TooLate;
        }

        return place.Moves >= (policy?.MostMoves ?? 1) ? MoveOwnRefusal.MovedBefore : null;
    }

    /// <summary>A free place stays one on any date; a place of a programme as a whole keeps its share where it would cost the same by itself.</summary>
    public static bool CostsTheSame(Booking booking, Place place, DateLine to) =>
        (booking.PaymentMethod == PaymentMethod.FreePlace && place.PricePence == 0) || to.Price?.Each.Pence == (place.AlonePence ?? place.PricePence);

    private async Task TellAsync(Booking booking, BookingSummary before, DateLine to, DateTimeOffset now, CancellationToken ct)
    {
        var emails = await BookingSummaries.EmailsAsync(db, booking, before, site.Value, now, ct);
        BookingSummaries.TellBooker(db, booking, emails.DateChosen(to) with { IsOnePlace = true }, now);
        var links = new DelegateLinks(site.Value, now);
        foreach (var person in before.DelegatesBesideBooker)
        {
            var url = links.UrlOf(person.PlaceIds[0], PersonKey.Of(person.Email, person.Name), to.EndsAt);
            db.Add(OutgoingEmail.To(
                person.Email, BookingEmails.PlaceMovedFor(person, before, to, reason: null, url) with { ChosenBy = before.BookerName }, now, booking.Reference));
        }

        db.AddRange(links.Made);
    }
}
