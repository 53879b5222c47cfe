using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>
/// The money of several invoices came, in one way and on one day: each is recorded as on the page of its booking, over the sum that
/// was shown here.
/// </summary>
[ForStaff(StaffRight.HandleMoney), StepUp]
internal sealed class InvoicesPaidModel(TrainingHubDb db, RecordInvoicePayment record, TimeProvider clock) : TickedPage(db, PaymentUrls.UnpaidInvoices)
{
    private const string Changed = "What is to pay has changed meanwhile. Look at it again";

    [BindProperty]
    [Display(Name = "How did the money come?"), Required(ErrorMessage = "Select how the money came")]
    public DeskWay? Way { get; set; }

    [BindProperty]
    [Display(Name = "When was it paid?"), Required(ErrorMessage = "Enter the day on which it was paid")]
    public DateOnly? PaidOn { get; set; }

    [BindProperty]
    [Display(Name = "Reference (optional)", Description = "The same for all of them, for example what the bank statement says. No card number.")]
    [StringLength(Payment.DeskReferenceLength)]
    public string? SlipNumber { get; set; }

    /// <summary>By invoice, what was to pay when it was looked at.</summary>
    [BindProperty]
    public Dictionary<Guid, int> Seen { get; set; } = [];

    /// <summary>By invoice, what is to pay now.</summary>
    public IReadOnlyDictionary<Guid, int> DuePence { get; private set; } = new Dictionary<Guid, int>();

    /// <summary>Those who get a receipt.</summary>
    public int Told { get; private set; }

    public Money Total => new(Ready.Sum(row => DuePence[row.Id]));

    public override string ListName => "Invoices that are not settled";

    public override IReadOnlyList<string> Columns { get; } = ["Invoice", "To", "Purchase order", "To pay"];

    public override string DoneWords(int count) => count == 1 ? "1 invoice is recorded as paid." : $"{count} invoices are recorded as paid.";

    protected override void Propose() => (Way, PaidOn) = (DeskWay.BankTransfer, London.DateOf(clock.GetUtcNow()));

    protected override void Check()
    {
        if (PaidOn > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError(nameof(PaidOn), "The day must be today or before");
        }
    }

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var invoices = await (
            from invoice in Db.Invoices.AsNoTracking()
            join booking in Db.Bookings on invoice.BookingId equals booking.Id
            where ids.Contains(invoice.Id)
            orderby invoice.Number
            select new { Invoice = invoice, Booking = booking }).ToListAsync(ct);
        DuePence = invoices.ToDictionary(one => one.Invoice.Id, one => one.Invoice.OpenPence);
        Told = invoices.Count(one => one.Booking.BookerEmail is not null && one.Invoice.OpenPence > 0);
        return invoices.ConvertAll(one => new TickedRow(
            one.Invoice.Id, $"{one.Invoice.NumberWords}, booking {one.Booking.Reference}", BookingUrls.StaffBooking(one.Booking.Reference),
            [one.Invoice.BillingName ?? "", one.Invoice.PurchaseOrder ?? "–", $"{new Money(DuePence[one.Invoice.Id])}"],
            one.Invoice.OpenPence > 0 ? null : "Nothing is left to pay of it"));
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        if (!Seen.TryGetValue(row.Id, out var pence) || pence != DuePence[row.Id])
        {
            return Changed;
        }

        var taken = new DeskPayment(Way!.Value, pence, PaidOn!.Value, SlipNumber);
        return await record.RunAsync(row.Id, pence, taken, User.Actor(), ct) switch
        {
            RecordInvoicePaymentResult.Recorded => null,
            RecordInvoicePaymentResult.Changed => Changed,
            RecordInvoicePaymentResult.Unavailable => "Stripe cannot be reached to close a card payment of it. Try again in a minute",
        };
    }
}
