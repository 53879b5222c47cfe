using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Payments.Pages;

/// <summary>Every payment and refund of a booking, from the ledger, as a page to print.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ReceiptModel(PrivateBooking bookings, TrainingHubDb db) : PageModel
{
    /// <summary>Pence below nought went back.</summary>
    internal sealed record Move(DateTimeOffset At, string What, int Pence);

    public PaidBooking Found { get; private set; } = null!;
    public IReadOnlyList<Move> Moves { get; private set; } = [];
    public int OnItsWay { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        Found = found;
        var entries = await db.LedgerEntries.AsNoTracking().Where(entry => entry.BookingId == found.Booking.Id).OrderBy(entry => entry.At).ToListAsync(ct);
        Moves = entries.ConvertAll(entry => entry.Kind switch
        {
            LedgerKind.Payment => new Move(entry.At, "Paid by card or bank", entry.AmountPence),
            LedgerKind.Refund => new Move(entry.At, "Refund", -entry.AmountPence),
            LedgerKind.RefundReturned => new Move(entry.At, "Refund that your bank sent back", entry.AmountPence),
        });
        OnItsWay = await (
            from refund in db.Refunds
            where refund.State == RefundState.Due || refund.State == RefundState.Pending
            join payment in db.Payments on refund.PaymentId equals payment.Id
            where payment.BookingId == found.Booking.Id && payment.ReceivedCurrency == "gbp"
            select refund.AmountPence).SumAsync(ct);
        return Page();
    }
}
