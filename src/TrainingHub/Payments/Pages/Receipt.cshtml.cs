using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments.Pages;

/// <summary>Every payment, refund and dispute of a booking, from the ledger, as a page to print.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ReceiptModel(PrivateBooking bookings, TrainingHubDb db) : PageModel
{
    /// <summary>Pence below nought went back. Parts: for which date how much, when the order has several.</summary>
    internal sealed record Move(DateTimeOffset At, string What, int Pence, IReadOnlyList<MovePart> Parts);

    internal sealed record MovePart(string Course, DateOnly RunsOn, int Pence);

    private sealed record Entry(LedgerKind Kind, bool IsByHand, DateTimeOffset At, Guid? Movement, int AmountPence, string Course, DateOnly RunsOn, Guid RunId);

    public PaidBooking Found { get; private set; } = null!;
    /// <summary>With every place that money came for, whatever became of it since.</summary>
    public BookingSummary Summary { get; private set; } = null!;
    public IReadOnlyList<Move> Moves { get; private set; } = [];
    public int OnItsWay { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        Found = found;
        Moves = await MovesAsync(found.Booking.Id, ct);
        Summary = Moves.Count == 0 ? found.Summary : await PaidForAsync(found.Booking, ct);
        OnItsWay = await (
            from refund in db.Refunds
            where refund.State == RefundState.Due || refund.State == RefundState.Pending
            join payment in db.Payments on refund.PaymentId equals payment.Id
            where payment.BookingId == found.Booking.Id && payment.ReceivedCurrency == "gbp"
            select refund.AmountPence).SumAsync(ct);
        return Page();
    }

    private async Task<BookingSummary> PaidForAsync(Booking booking, CancellationToken ct)
    {
        var places = await db.Places.AsNoTracking()
            .Where(place => place.BookingId == booking.Id && db.LedgerEntries.Any(entry => entry.PlaceId == place.Id && LedgerKinds.MoneyMoved.Contains(entry.Kind)))
            .OrderBy(place => place.Id)
            .ToListAsync(ct);
        return await BookingSummaries.ReadAsync(db, booking, places, ct);
    }

    private async Task<IReadOnlyList<Move>> MovesAsync(Guid booking, CancellationToken ct)
    {
        var entries = await (
            from entry in db.LedgerEntries
            join place in db.Places on entry.PlaceId equals place.Id
            join run in db.CourseRuns on place.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            let payment = db.Payments.FirstOrDefault(one => one.Id == (entry.PaymentId ?? db.Refunds.Where(refund => refund.Id == entry.RefundId).Select(refund => refund.PaymentId).FirstOrDefault()))
            where entry.BookingId == booking && LedgerKinds.MoneyMoved.Contains(entry.Kind)
                // Somebody else's money, which was booked here by mistake and taken back.
                && !db.Refunds.Any(refund => refund.PaymentId == payment!.Id && refund.Reason == RefundReason.BookedWrongly)
            orderby entry.At, entry.Id
            select new Entry(entry.Kind, payment!.Provider == PaymentProvider.Desk, entry.At, entry.PaymentId ?? entry.RefundId ?? entry.DisputeId, entry.AmountPence, course.Title, run.RunsOn, run.Id))
            .ToListAsync(ct);
        var hasSeveralDates = entries.DistinctBy(entry => entry.RunId).Count() > 1;
        return [.. entries.GroupBy(entry => (entry.Movement, entry.Kind, entry.IsByHand)).Select(movement => new Move(
            movement.First().At,
            WordsOf(movement.Key.Kind, movement.Key.IsByHand),
            movement.Sum(PenceOf),
            hasSeveralDates ? [.. movement.GroupBy(entry => entry.RunId).Select(PartOf).OrderBy(part => part.RunsOn)] : []))];
    }

    private static string WordsOf(LedgerKind kind, bool isByHand) => kind switch
    {
        LedgerKind.Payment when isByHand => "Paid to the training team",
        LedgerKind.Refund when isByHand => "Paid back by the training team",
        LedgerKind.Payment => "Paid by card or bank",
        LedgerKind.Refund => "Refund",
        LedgerKind.RefundReturned => "Refund that your bank sent back",
        LedgerKind.Disputed => "Taken back by your bank, because you disputed the payment",
        LedgerKind.DisputeWon => "Returned by your bank, because the dispute was decided for us",
        LedgerKind.Charge or LedgerKind.ChargeReversed or LedgerKind.WriteOff or LedgerKind.WriteOffReversed => throw new ArgumentException("No money moved.", nameof(kind)),
    };

    /// <summary>"£55.00" or "−£55.00".</summary>
    public static string Signed(int pence) => $"{(pence < 0 ? "−" : "")}£{new Money(Math.Abs(pence)).Amount}";

    private static MovePart PartOf(IGrouping<Guid, Entry> date) => new(date.First().Course, date.First().RunsOn, date.Sum(PenceOf));

    private static int PenceOf(Entry entry) => LedgerKinds.MoneyLeft.Contains(entry.Kind) ? -entry.AmountPence : entry.AmountPence;
}
