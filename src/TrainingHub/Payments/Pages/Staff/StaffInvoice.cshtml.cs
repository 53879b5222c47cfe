using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>One invoice as it was issued, and what became of it. Payments are recorded here, whole, in part or more; what else is done about it begins here.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class StaffInvoiceModel(
    TrainingHubDb db, RecordInvoicePayment record, SendMoneyAgain again, RemindInvoice remind, WriteOffInvoice writeOffs, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "How did the money come?"), Required(ErrorMessage = "Select how the money came")]
    public DeskWay? Way { get; set; }

    [BindProperty]
    [Display(Name = "Amount", Description = "In pounds, as much as came: a part, or more than is open, is recorded too.")]
    public string? Amount { get; set; }

    [BindProperty]
    [Display(Name = "When was it paid?"), Required(ErrorMessage = "Enter the day on which it was paid")]
    public DateOnly? PaidOn { get; set; }

    [BindProperty]
    [Display(Name = "Reference (optional)", Description = "For example what the bank statement says. No card number.")]
    [StringLength(Payment.DeskReferenceLength)]
    public string? SlipNumber { get; set; }

    /// <summary>Of this look at the page: a second click sends nothing.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    /// <summary>What was shown as open, in pence.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public InvoicePaper Paper { get; private set; } = null!;
    public Booking Booking { get; private set; } = null!;

    /// <summary>In the order in which they came, each with what of it is for this invoice, in pence.</summary>
    public IReadOnlyList<(Payment Payment, int Pence)> Payments { get; private set; } = [];
    public IReadOnlyList<WriteOff> WriteOffs { get; private set; } = [];

    /// <summary>The last one at the end.</summary>
    public IReadOnlyList<InvoiceReminder> Reminders { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public bool CanRemind { get; private set; }
    public bool IsOverdue { get; private set; }

    /// <summary>Where emails about it go now; null when there is nobody any more.</summary>
    public string? SendsTo => SendMoneyAgain.InvoiceAddress(Booking);

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (!await FindAsync(number, ct))
        {
            return NotFound();
        }

        (Way, Amount, PaidOn) = (DeskWay.BankTransfer, new Money(Math.Max(0, Paper.Money.OpenPence)).Amount, London.DateOf(clock.GetUtcNow()));
        return Page();
    }

    [Needs(StaffRight.HandleMoney), StepUp]
    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (!await FindAsync(number, ct))
        {
            return NotFound();
        }

        var amount = Amount is null ? null : Money.Parse(Amount);
        if (amount is not { Pence: > 0 })
        {
            ModelState.AddModelError(nameof(Amount), "Enter how much came, such as 55 or 55.00");
        }

        if (PaidOn > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError(nameof(PaidOn), "The day must be today or before");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var taken = new DeskPayment(Way!.Value, amount!.Value.Pence, PaidOn!.Value, SlipNumber);
        return await record.RunAsync(Paper.Invoice.Id, Seen, taken, User.Actor(), ct) switch
        {
            RecordInvoicePaymentResult.Recorded => Recorded(amount.Value),
            RecordInvoicePaymentResult.Changed => Refuse("What is open has changed meanwhile. Look at it again"),
            RecordInvoicePaymentResult.Unavailable => Unavailable(),
        };
    }

    private RedirectResult Recorded(Money amount)
    {
        TempData["Success"] = $"{amount} is recorded for {Paper.Invoice.NumberWords}.";
        return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        ModelState.Remove(nameof(Seen));
        return Page();
    }

    private PageResult Unavailable()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Refuse("We cannot reach Stripe just now to close a card payment of it, so nothing has changed. Try again in a minute");
    }

    [Needs(StaffRight.HandleMoney)]
    public async Task<IActionResult> OnPostSendAsync(string number, CancellationToken ct) => !await FindAsync(number, ct)
        ? NotFound()
        : Done(await again.InvoiceAsync(Paper.Invoice, Key, User.Actor(), ct)
            ? "The invoice is on its way, with a fresh link."
            : "Nothing was sent: nothing is left to pay, or there is nobody to send it to.");

    [Needs(StaffRight.HandleMoney)]
    public async Task<IActionResult> OnPostRemindAsync(string number, CancellationToken ct) => !await FindAsync(number, ct)
        ? NotFound()
        : Done(await remind.ByHandAsync(Paper.Invoice, Key, User.Actor(), ct)
            ? "The reminder is on its way."
            : "Nobody was reminded: it is settled, disputed, or a payment is under way.");

    [Needs(StaffRight.HandleMoney), StepUp]
    public async Task<IActionResult> OnPostTakeBackAsync(string number, Guid writeOff, CancellationToken ct)
    {
        if (!await FindAsync(number, ct) || WriteOffs.All(one => one.Id != writeOff))
        {
            return NotFound();
        }

        return Done(await writeOffs.TakeBackAsync(writeOff, User.Actor(), ct) ? "The write-off is taken back: the sum is open again." : "It was taken back before.");
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(PaymentUrls.StaffInvoice(Paper.Invoice.Number));
    }

    private async Task<bool> FindAsync(string number, CancellationToken ct)
    {
        if (await InvoicePaper.FindAsync(db, number, ct) is not { } found)
        {
            return false;
        }

        (Paper, Booking) = found;
        var id = Paper.Invoice.Id;
        var today = London.DateOf(clock.GetUtcNow());
        Payments = await PaymentsAsync(id, ct);
        WriteOffs = await db.WriteOffs.AsNoTracking().Where(one => one.InvoiceId == id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync(ct);
        Reminders = await db.InvoiceReminders.AsNoTracking().Where(one => one.InvoiceId == id).OrderBy(one => one.SentAt).ThenBy(one => one.Id).ToListAsync(ct);
        CanRemind = await RemindInvoice.Of(db, today).AnyAsync(one => one.Id == id, ct);
        IsOverdue = await OverdueInvoices.Of(db, today).AnyAsync(one => one.Id == id, ct);
        History = [.. (await HistoryEntry.OfAsync<Booking>(db, Booking.Id, ct)).Where(IsOfThis)];
        return true;
    }

    /// <summary>What named the invoice when it came, and what came for its places and named none, or one that nothing is left of.</summary>
    private async Task<IReadOnlyList<(Payment, int)>> PaymentsAsync(Guid id, CancellationToken ct)
    {
        var entries = await db.LedgerEntries.AsNoTracking()
            .Where(entry => entry.Kind == LedgerKind.Payment && entry.BookingId == Booking.Id
                && (entry.InvoiceId == id || (db.InvoiceLines.Any(line => line.InvoiceId == id && line.PlaceId == entry.PlaceId)
                    && (entry.InvoiceId == null || db.InvoiceMoney.Any(money => money.BookingId == Booking.Id && money.InvoiceId == entry.InvoiceId && money.CreditedPence == money.AmountPence)))))
            .GroupBy(entry => entry.PaymentId)
            .Select(of => new { Id = of.Key, Pence = of.Sum(entry => entry.AmountPence) })
            .ToDictionaryAsync(of => of.Id!.Value, of => of.Pence, ct);
        var payments = await db.Payments.AsNoTracking().Where(payment => entries.Keys.Contains(payment.Id)).OrderBy(payment => payment.PaidAt).ThenBy(payment => payment.Id).ToListAsync(ct);
        return payments.ConvertAll(payment => (payment, entries[payment.Id]));
    }

    /// <summary>The history is the booking’s; of it, what names this invoice.</summary>
    private bool IsOfThis(HistoryEntry entry) => entry.Act.Contains(Paper.Invoice.NumberWords, StringComparison.Ordinal)
        || entry.Changes.Any(change => new[] { change.What, change.Before, change.After }.Any(text => text?.Contains(Paper.Invoice.NumberWords, StringComparison.Ordinal) == true));
}
