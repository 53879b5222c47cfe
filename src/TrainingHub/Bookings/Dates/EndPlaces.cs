using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// What ends with a date that the partnership cancels, under its lock and in its caller's transaction: places, bookings that have no
/// other, undecided applications, the waiting list. Adds the emails to what is saved next. Money follows by itself, through Payments.
/// </summary>
internal sealed class EndPlaces(TrainingHubDb db, IOptions<SiteOptions> site)
{
    /// <summary>All places of a booking on the date. Tells its booker and its delegates.</summary>
    /// <param name="run">Cancelled.</param>
    /// <param name="on"></param>
    /// <param name="already">The date on which each of these people has another place, which stays; null when they have none.</param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    public async Task RunAsync(CourseRun run, BookingOnDate on, DateLine? already, DateTimeOffset now, CancellationToken ct)
    {
        var booking = on.Booking;
        var kept = on.Others.Count == 0 ? null : await BookingSummaries.ReadAsync(db, booking, on.Others, ct);
        var cancelled = await DelegatesAsync(run, booking, on.Places, already, now, ct);
        var emails = await BookingSummaries.EmailsAsync(db, booking, cancelled, site.Value, now, ct);
        var message = emails.DateCancelled(run, kept, booking.State);
        BookingSummaries.TellBooker(db, booking, already is null ? message : message with { Reason = $"{message.Reason} {AlreadyWords(cancelled, already)}" }, now);
        if (kept is null)
        {
            booking.Cancel(now);
            if (booking.FreePlaceApplicationId is { } id
                && await db.FreePlaceApplications.FindAsync([id], ct) is { State: FreePlaceState.Pending } application)
            {
                application.Withdraw(now);
            }
        }
    }

    /// <summary>Some places of a booking that goes on. Tells the delegates alone.</summary>
    /// <returns>What ended, for whoever tells the booker.</returns>
    public async Task<BookingSummary> DelegatesAsync(
        CourseRun run, Booking booking, IReadOnlyList<Place> places, DateLine? already, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await BookingSummaries.ReadAsync(db, booking, places, ct);
        if (booking.State == BookingState.Confirmed)
        {
            foreach (var person in ended.DelegatesBesideBooker)
            {
                var message = BookingEmails.DateCancelledFor(person, ended, run, site.Value);
                var besides = already is null ? "" : $" You are booked on {already.DayWords} already. That place stays as it is.";
                db.Add(OutgoingEmail.To(person.Email, message with { Reason = $"{message.Reason}{besides}" }, now, booking.Reference));
            }
        }

        await PlaceSeats.EndAsync(db, places, PlaceState.Cancelled, now, ct);
        return ended;
    }

    /// <summary>"Ann Smith is booked on Tue 3 Mar 2027 already."</summary>
    public static string AlreadyWords(BookingSummary ended, DateLine already) =>
        $"{string.Join(", ", ended.Names)} {(ended.Names.Count == 1 ? "is" : "are")} booked on {already.DayWords} already.";

    /// <param name="waiting"></param>
    /// <param name="line">The date.</param>
    /// <param name="instead">The date to which those who were booked have moved; null when they have not.</param>
    /// <param name="now"></param>
    public void CloseWaitingList(IReadOnlyList<WaitingListEntry> waiting, DateLine line, DateLine? instead, DateTimeOffset now)
    {
        foreach (var entry in waiting)
        {
            entry.Leave();
            WaitingListEvent.Add(db, entry.Id, WaitingEventKind.Closed, now);
            var url = instead is null ? CatalogueUrls.Course(line.Slug) : CatalogueUrls.Date(instead.Id);
            var message = new WaitedDateChangedEmail(entry.Name, line.CourseDate(), null, site.Value.Absolute(url), instead?.CourseDate());
            db.Add(OutgoingEmail.To(entry.Email, message, now));
        }
    }

    /// <summary>Tells the office of bookings that are invoiced, and of money to pay back by hand, if there are any.</summary>
    public void TellOffice(IEnumerable<BookingOnDate> ended, DateLine line, DateTimeOffset now)
    {
        var invoiced = ended
            .Where(on => on.Booking.PaymentMethod is PaymentMethod.Invoice or PaymentMethod.Desk && on.Places.Any(place => place.PricePence > 0))
            .Select(on => $"{on.Booking.Reference}: {BookingSummary.WordsOf([.. on.Places.Select(place => place.PricePence)])}"
                + (on.Booking.PurchaseOrder is { } order ? $", purchase order {order}" : "")
                + (on.Booking.PaymentMethod == PaymentMethod.Desk ? ", paid to the training team: pay it back by hand and record it on the booking" : ""))
            .ToList();
        if (invoiced.Count > 0)
        {
            var message = new InvoicesToCheckEmail(line.CourseDate(), invoiced, site.Value.Absolute(BookingUrls.StaffDate(line.Id)));
            db.Add(OutgoingEmail.To(site.Value.ContactEmail, message, now));
        }
    }
}
