using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;

namespace TrainingHub.Portal;

/// <summary>What is to be paid for one booking, and where.</summary>
/// <param name="BookingId"></param>
/// <param name="Reference"></param>
/// <param name="Pence">Above nought.</param>
/// <param name="Words">"Invoice INV-00042, due on 3 March 2027".</param>
/// <param name="Url">Where it can be paid, or is said how; null where nobody can do anything yet.</param>
/// <param name="Act">What to do there.</param>
/// <param name="IsLate">Its day is over.</param>
internal sealed record DuePayment(Guid BookingId, string Reference, int Pence, string Words, string? Url, string Act, bool IsLate)
{
    /// <summary>What these bookings owe, by the tables of money; the earliest booking first. What was imported was invoiced elsewhere, and nothing is known of it.</summary>
    public static async Task<IReadOnlyList<DuePayment>> OfAsync(TrainingHubDb db, IQueryable<Booking> bookings, DateTimeOffset now, CancellationToken ct)
    {
        var known = await (
            from booking in bookings.AsNoTracking()
            where Booking.TakenHere.Contains(booking.Origin) && (booking.State == BookingState.Held || booking.State == BookingState.Confirmed)
            join money in db.BookingMoney on booking.Id equals money.BookingId
            from invoice in db.Invoices.Where(one => one.BookingId == booking.Id && !one.IsSettled).OrderBy(one => one.Number).Take(1).DefaultIfEmpty()
            where money.OwedPence > 0 || money.ChargedPence > 0
            orderby booking.CreatedAt, booking.Id
            select new { Booking = booking, Money = money, Invoice = invoice }).ToListAsync(ct);
        return [.. known.Select(one => Of(one.Booking, one.Money, one.Invoice, now)).OfType<DuePayment>()];
    }

    private static DuePayment? Of(Booking booking, BookingMoney money, Invoice? invoice, DateTimeOffset now)
    {
        var until = booking.HeldUntil is { } held ? London.Moment(held) : "it is given back";
        var isOver = booking.HeldUntil <= now;
        var owed = booking.State == BookingState.Held ? money.OwedPence : money.ChargedPence - money.PaidPence + money.RefundedPence - money.WrittenOffPence;
        return booking switch
        {
            _ when owed <= 0 => null,
            { AwaitsCardPayment: true } when isOver => new(booking.Id, booking.Reference, owed, "The time to pay is over", BookingUrls.Manage(booking.Reference), "See the booking", true),
            { AwaitsCardPayment: true } => new(booking.Id, booking.Reference, owed, $"To pay by card until {until}", BookingUrls.Pay(booking.Reference), "Pay by card", false),
            { AwaitsChoiceOfPayment: true } => new(booking.Id, booking.Reference, owed, $"Choose how to pay until {until}", BookingUrls.ChoosePayment(booking.Reference), "Choose how to pay", isOver),
            { IsInvoiced: true } when invoice is null => new(booking.Id, booking.Reference, owed, "The invoice is on its way", null, "", false),
            { IsInvoiced: true } => new(
                booking.Id, booking.Reference, owed, $"Invoice {invoice.NumberWords}, {(invoice.DueOn < London.DateOf(now) ? "was due" : "due")} on {London.Words(invoice.DueOn)}",
                BookingUrls.Invoice(booking.Reference), "See the invoice", invoice.DueOn < London.DateOf(now)),
            _ => null,
        };
    }
}
