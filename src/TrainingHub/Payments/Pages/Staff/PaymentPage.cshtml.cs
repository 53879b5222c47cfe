using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>One payment with all that became of it, and the two decisions that can be taken about money that is left over.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class PaymentPageModel(TrainingHubDb db, ResolvePaymentProblem problem, DecidePayment decide) : PageModel
{
    [BindProperty]
    [Display(Name = "I want to refund this amount")]
    public bool Sure { get; set; }

    [BindProperty]
    [Display(Name = "What was done", Description = "For example “Kept under the cancellation terms” or “Paid back by bank transfer”. No names.")]
    [StringLength(Payment.NoteLength)]
    public string? Note { get; set; }

    public Payment Payment { get; private set; } = null!;
    public Booking Booking { get; private set; } = null!;
    public BookingSummary Summary { get; private set; } = null!;
    public IReadOnlyList<Refund> Refunds { get; private set; } = [];
    public IReadOnlyList<Dispute> Disputes { get; private set; } = [];
    public bool IsTakenByBank { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public string PlacesWords { get; private set; } = "";

    /// <summary>In the payment's own currency, smallest unit.</summary>
    public int LeftOver { get; private set; }

    public string LeftOverWords => PaymentWords.Amount(LeftOver, Payment.ReceivedCurrency);

    /// <summary>A refund was asked for, and nobody knows yet whether it is made.</summary>
    public bool IsLeaving => Refunds.Any(refund => refund.State is RefundState.Due or RefundState.Pending);

    public bool CanKeep => Payment.NeedsAttention && (LeftOver == 0 || Booking.State != BookingState.Held)
        && !IsLeaving;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ShowAsync(id, ct);

    [StepUp]
    public async Task<IActionResult> OnPostRefundAsync(Guid id, int amount, CancellationToken ct)
    {
        ModelState.Remove(nameof(Note));
        if (!Sure)
        {
            ModelState.AddModelError(nameof(Sure), "Tick the box to say that you want to refund this amount");
            return await ShowAsync(id, ct);
        }

        return await AnswerAsync(id, await decide.RefundAsync(id, amount, User.Actor(), ct), "The refund is asked for. It goes to Stripe within a minute, and the table of refunds says when it is made", ct);
    }

    [StepUp]
    public async Task<IActionResult> OnPostKeepAsync(Guid id, int amount, CancellationToken ct)
    {
        if (Note is null)
        {
            ModelState.AddModelError(nameof(Note), "Say what was done about the payment");
        }

        if (!ModelState.IsValid || Note is not { } note)
        {
            return await ShowAsync(id, ct);
        }

        return await AnswerAsync(id, await decide.KeepAsync(id, amount, note, User.Actor(), ct), "Marked as dealt with", ct);
    }

    private async Task<IActionResult> AnswerAsync(Guid id, DecidePaymentResult result, string done, CancellationToken ct)
    {
        var refused = result switch
        {
            DecidePaymentResult.Done => null,
            DecidePaymentResult.Changed => "The payment has changed since you opened this page. Look at it again before you decide",
            DecidePaymentResult.Disputed => "The payer’s bank has taken money of this payment, so Stripe refunds nothing of it. Answer the dispute in Stripe",
            DecidePaymentResult.MustGoBack => "Places are held for this payment. Refund it, which releases them",
        };
        if (refused is null)
        {
            TempData["Success"] = done;
            return LocalRedirect("~" + PaymentUrls.StaffPayment(id));
        }

        ModelState.AddModelError("", refused);
        return await ShowAsync(id, ct);
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ChangeTracker.Clear();
        if (await db.Payments.SingleOrDefaultAsync(payment => payment.Id == id && payment.Provider == PaymentProvider.Stripe, ct) is not { } found)
        {
            return NotFound();
        }

        Payment = found;
        LeftOver = found.State == PaymentState.Paid ? await problem.LeftOverAsync(found, ct) : 0;
        Booking = await db.Bookings.SingleAsync(booking => booking.Id == found.BookingId, ct);
        var places = await db.Places.Where(place => place.BookingId == Booking.Id).OrderBy(place => place.Id).ToListAsync(ct);
        var live = places.Where(place => place.IsLive).ToList();
        Summary = await BookingSummaries.ReadAsync(db, Booking, places, ct);
        PlacesWords = live.Count == 0
            ? $"None of {places.Count}"
            : $"{live.Count} of {places.Count}, price {BookingSummary.WordsOf([.. live.Select(place => place.PricePence)])}";
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        Refunds = await db.Refunds.Where(refund => refund.PaymentId == id).OrderBy(refund => refund.CreatedAt).ToListAsync(ct);
        Disputes = await db.Disputes.Where(dispute => dispute.PaymentId == id).OrderBy(dispute => dispute.OpenedAt).ToListAsync(ct);
        IsTakenByBank = await db.TakenByBanks.AnyAsync(taken => taken.PaymentId == id, ct);
        return Page();
    }
}
