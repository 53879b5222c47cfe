using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>An invoice that asks for another sum than its booking is charged, because places were cancelled or moved since.</summary>
/// <param name="AskedPence">What it asks for.</param>
/// <param name="ChargedPence">What it should ask for.</param>
internal sealed record WrongInvoice(int Number, int AskedPence, int ChargedPence)
{
    public string Words => ChargedPence == 0
        ? $"{Invoice.WordsOf(Number)} asks for {new Money(AskedPence)}, and nothing is to pay"
        : $"{Invoice.WordsOf(Number)} asks for {new Money(AskedPence)} and should ask for {new Money(ChargedPence)}";
}

/// <summary>
/// Staff put an invoice right after places that it asks for were cancelled, or cost something else since: it asks for what is charged
/// now, whoever it goes to is told with a fresh link, and the history has what was done in the office's own books. About the sums that
/// were shown, so that a second click finds it right. The number and the places stay: the invoice shows what was taken off.
/// </summary>
internal sealed class PutInvoiceRight(TrainingHubDb db, IOptions<SiteOptions> site, TimeProvider clock)
{
    public const int WhatLength = 500;

    /// <returns>False when it is right, or the sums are others by now.</returns>
    public async Task<bool> RunAsync(Guid bookingId, int askedPence, int chargedPence, string? what, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var booking = (await BookingLock.TakeAsync(db, bookingId, ct))?.Booking;
        var invoice = await db.Invoices.FromSql($"select * from invoices where booking_id = {bookingId} for no key update").SingleOrDefaultAsync(ct);
        if (booking is null || invoice is null || await FindAsync(db, bookingId, ct) is not { } wrong
            || (wrong.AskedPence, wrong.ChargedPence) != (askedPence, chargedPence))
        {
            return false;
        }

        invoice.Correct(wrong.ChargedPence);
        if (SendMoneyAgain.InvoiceAddress(booking) is { } address)
        {
            Tell(booking, invoice, address, wrong, now);
        }

        HistoryEntry.Add<Booking>(
            db, bookingId, by, "Invoice put right", [new(invoice.NumberWords, new Money(wrong.AskedPence).ToString(), new Money(wrong.ChargedPence).ToString())], now, what);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Those that nobody has put right. An order that was paid at the desk since is settled with the payer by that.</summary>
    public static IQueryable<Invoice> Wrong(TrainingHubDb db) =>
        db.Invoices.Where(invoice => !invoice.IsRight
            && db.Bookings.Any(booking => booking.Id == invoice.BookingId && Booking.InvoicedForCharges.Contains(booking.PaymentMethod)));

    /// <returns>Null when the booking has no invoice, or one that is right.</returns>
    public static async Task<WrongInvoice?> FindAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct) => (
        await Wrong(db).Where(invoice => invoice.BookingId == bookingId)
            .Join(db.BookingMoney, invoice => invoice.BookingId, money => money.BookingId, (invoice, money) =>
                new { invoice.Number, Asked = invoice.AmountPence - invoice.CorrectedPence, money.ChargedPence })
            .SingleOrDefaultAsync(ct)) is { } found ? new(found.Number, found.Asked, found.ChargedPence) : null;

    private void Tell(Booking booking, Invoice invoice, string address, WrongInvoice wrong, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, IssueInvoices.LinkPurpose, booking.Id, now, now.AddYears(2));
        var message = new InvoiceChangedEmail(
            address == booking.BookerEmail && booking.BookerName is { } name ? name : "colleague", invoice.NumberWords, booking.Reference,
            new Money(wrong.AskedPence).ToString(), wrong.ChargedPence == 0 ? null : new Money(wrong.ChargedPence).ToString(), London.Words(invoice.DueOn),
            site.Value.Absolute(PaymentUrls.PrivateInvoice(token.Value)));
        db.Add(OutgoingEmail.To(address, message, now, booking.Reference));
    }
}
