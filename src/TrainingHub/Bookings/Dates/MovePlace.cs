using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum MovePlaceResult
{
    /// <summary>It is on that date, now or since before.</summary>
    Moved,
    NotALivePlace,

    /// <summary>The course has begun: who attended is what counts from here.</summary>
    Begun,

    /// <summary>A card payment is awaited, for minutes, and its page names the date.</summary>
    NotPaidYet,

    /// <summary>No coming date of the same course.</summary>
    NotOffered,
    Full,

    /// <summary>The person has a place there already.</summary>
    AlreadyThere,

    /// <summary>The date costs something else by now than the form showed.</summary>
    PriceChanged,
}

/// <param name="BookingId"></param>
/// <param name="PlaceId"></param>
/// <param name="ToId">A date of the same course.</param>
/// <param name="NewPence">The price of the date as it was shown, when it is to apply; null keeps the place's own.</param>
/// <param name="Reason">As those who are told read it; null says nothing.</param>
internal sealed record PlaceMove(Guid BookingId, Guid PlaceId, Guid ToId, int? NewPence, string? Reason);

/// <summary>
/// Staff move one person to another date of the course, full dates and those that have begun excepted; the closing of a date does not
/// bind them. One transaction takes the seat there and frees the one here, tells the booker and the delegate, with fresh links, and
/// writes history. Reminders and the joining link start anew for the date. Moves no money: the caller does. Twice is once.
/// </summary>
internal sealed class MovePlace(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<MovePlaceResult> RunAsync(PlaceMove move, Actor by, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var runs = await MoveSeats.LockAsync(db, move.BookingId, move.ToId, ct);
        var locked = await BookingLock.TakeAsync(db, move.BookingId, ct);
        var now = clock.GetUtcNow();
        if (locked?.LivePlaces.FirstOrDefault(one => one.Id == move.PlaceId) is not { } place)
        {
            return MovePlaceResult.NotALivePlace;
        }

        if (place.RunId == move.ToId)
        {
            return MovePlaceResult.Moved;
        }

        if (WhyNot(locked, place, runs.GetValueOrDefault(move.ToId), runs[place.RunId], now) is { } refusal)
        {
            return refusal;
        }

        var before = await BookingSummaries.ReadAsync(db, locked.Booking, [place], ct);
        var to = (await BookingSummaries.RunsForAsync(db, locked.Booking, [move.ToId], ct))[0];
        if (move.NewPence is { } pence && to.Price?.Each.Pence != pence)
        {
            return MovePlaceResult.PriceChanged;
        }

        if (await MoveSeats.TryAsync(db, new([place], locked.Booking.SectorId, runs[place.RunId], move.ToId, SeatsFor.Staff), now, ct) is { } full)
        {
            return full switch
            {
                MoveSeatsRefusal.Full => MovePlaceResult.Full,
                MoveSeatsRefusal.AlreadyThere => MovePlaceResult.AlreadyThere,
            };
        }

        if (move.NewPence is not null && to.Price is { } price)
        {
            place.Charge(price);
        }

        await db.PlaceNotices.Where(notice => notice.PlaceId == place.Id).ExecuteDeleteAsync(ct);
        await TellAsync(locked.Booking, before, to, place.PricePence, move.Reason, now, ct);
        Note(locked.Booking, before, to, place.PricePence, move.Reason, by, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return MovePlaceResult.Moved;
    }

    private static MovePlaceResult? WhyNot(LockedBooking locked, Place place, CourseRun? to, CourseRun from, DateTimeOffset now)
    {
        if (locked.HasBegun(place, now))
        {
            return MovePlaceResult.Begun;
        }

        if (locked.Booking.AwaitsCardPayment)
        {
            return MovePlaceResult.NotPaidYet;
        }

        return to is null || to.CourseId != from.CourseId || to.State != RunState.Scheduled || to.StartsAt <= now ? MovePlaceResult.NotOffered : null;
    }

    private async Task TellAsync(
        Booking booking, BookingSummary before, DateLine to, int pencePaid, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        var emails = await BookingSummaries.EmailsAsync(db, booking, before, site.Value, now, ct);
        var was = before.Dates[0].Delegates[0].PricePence;
        var back = booking.PaymentMethod == PaymentMethod.Desk && pencePaid < was ? " Reply to this email to say how you want the difference back." : "";
        var price = was == pencePaid ? null : $"The place costs {new Money(pencePaid)} now; it was {new Money(was)}.{back}";
        BookingSummaries.TellBooker(db, booking, emails.PlaceMoved(to, reason, price), now);
        if (booking.State != BookingState.Confirmed)
        {
            return;
        }

        var links = new DelegateLinks(site.Value, now);
        foreach (var person in before.DelegatesBesideBooker)
        {
            var url = links.UrlOf(person.PlaceIds[0], PersonKey.Of(person.Email, person.Name), to.EndsAt);
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.PlaceMovedFor(person, before, to, reason, url), now, booking.Reference));
        }

        db.AddRange(links.Made);
    }

    private void Note(Booking booking, BookingSummary before, DateLine to, int pence, string? reason, Actor by, DateTimeOffset now)
    {
        var was = before.Dates[0].Delegates[0].PricePence;
        var changes = HistoryChange.Of(
            new HistoryChange("Date", Words(before.Run), Words(to)),
            new HistoryChange("Price", new Money(was).ToString(), new Money(pence).ToString()));
        HistoryEntry.Add<Booking>(db, booking.Id, by, "Place moved to another date", changes, now, reason);
    }

    private static string Words(DateLine run) => string.Create(CultureInfo.InvariantCulture, $"{run.Course}, {run.DayWords} ({run.Reference})");
}
