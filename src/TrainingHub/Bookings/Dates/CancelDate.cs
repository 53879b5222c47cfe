using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum CancelDateResult
{
    Cancelled,
    AlreadyCancelled,

    /// <summary>It has begun: who attended is what counts from here.</summary>
    Begun,
    NotFound,
}

/// <summary>
/// Cancels a date for everybody, as a whole or not at all: places end, bookings that have no other place end with them, applications
/// for free places are withdrawn, the waiting list is closed. Each booker, each delegate who had been told of the place, everybody who
/// waits and, about invoices, the office is told once. Money paid by card goes back by itself, through Payments, as soon as nobody may
/// choose another date any more.
/// </summary>
internal sealed class CancelDate(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>How long another date may be chosen before money goes back.</summary>
    public static readonly TimeSpan ChooseFor = TimeSpan.FromDays(7);

    /// <param name="runId"></param>
    /// <param name="reason">As everybody who is told reads it.</param>
    /// <param name="offerOtherDates">Whether bookers may choose another date before their money goes back.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<CancelDateResult> RunAsync(Guid runId, string reason, bool offerOtherDates, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var run = await DatePeople.LockAsync(db, runId, ct);
        var now = clock.GetUtcNow();
        if (run is null)
        {
            return CancelDateResult.NotFound;
        }

        if (!run.IsOpenAt(now))
        {
            return run.State == RunState.Cancelled ? CancelDateResult.AlreadyCancelled : CancelDateResult.Begun;
        }

        var undo = KeepUndo.Begin(db, now);
        run.Cancel(reason, offerOtherDates ? now + ChooseFor : null, now);
        var people = await DatePeople.ReadAsync(db, runId, ct);
        var before = DateBefore.Of(people);
        foreach (var on in people.Bookings)
        {
            await EndAsync(run, on, now, ct);
        }

        var line = await BookingSummaries.RunAsync(db, runId, ct) ?? throw new InvalidOperationException($"There is no date {runId}.");
        CloseWaitingList(people, line, now);
        TellOffice(people, line, now);
        HistoryEntry.Add<CourseRun>(
            db, runId, by, "Cancelled", [new("Reason", null, reason)], now, Told(people, offerOtherDates), undo.Id);
        undo.End(DateBefore.Kind, runId, before, movesMoney: people.Bookings.Count > 0);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CancelDateResult.Cancelled;
    }

    private async Task EndAsync(CourseRun run, BookingOnDate on, DateTimeOffset now, CancellationToken ct)
    {
        var booking = on.Booking;
        var cancelled = await BookingSummaries.ReadAsync(db, booking, on.Places, ct);
        var kept = on.Others.Count == 0 ? null : await BookingSummaries.ReadAsync(db, booking, on.Others, ct);
        var wasConfirmed = booking.State == BookingState.Confirmed;
        if (wasConfirmed)
        {
            foreach (var person in cancelled.DelegatesBesideBooker)
            {
                db.Add(OutgoingEmail.To(person.Email, BookingEmails.DateCancelledFor(person, cancelled, run, site.Value), now, booking.Reference));
            }
        }

        var emails = await BookingSummaries.EmailsAsync(db, booking, cancelled, site.Value, now, ct);
        BookingSummaries.TellBooker(db, booking, emails.DateCancelled(run, kept, booking.State), now);
        await PlaceSeats.EndAsync(db, on.Places, PlaceState.Cancelled, now, ct);
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

    private void CloseWaitingList(DatePeople people, DateLine line, DateTimeOffset now)
    {
        foreach (var entry in people.Waiting)
        {
            entry.Leave();
            WaitingListEvent.Add(db, entry.Id, WaitingEventKind.Closed, now);
            var message = new WaitedDateChangedEmail(entry.Name, line.CourseDate(), null, site.Value.Absolute(CatalogueUrls.Course(line.Slug)));
            db.Add(OutgoingEmail.To(entry.Email, message, now));
        }
    }

    private void TellOffice(DatePeople people, DateLine line, DateTimeOffset now)
    {
        var invoiced = people.Bookings
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

    private static string Told(DatePeople people, bool offerOtherDates)
    {
        var places = people.Bookings.Sum(on => on.Places.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{places} {(places == 1 ? "place" : "places")} in {people.Bookings.Count} {(people.Bookings.Count == 1 ? "booking" : "bookings")} cancelled, {people.Waiting.Count} waiting. {(offerOtherDates ? "Bookers may choose another date before money goes back." : "Money goes back at once.")}");
    }
}
