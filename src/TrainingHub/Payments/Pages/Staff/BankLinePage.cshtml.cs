using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>An invoice that was found for a line, and how much of the line is to pay it.</summary>
internal sealed class ChosenInvoice
{
    public Guid Id { get; set; }

    /// <summary>What was open of it when it was shown.</summary>
    public int Open { get; set; }

    [StringLength(20)]
    public string? Amount { get; set; }
}

/// <summary>Money that came in: what it may be for, any other invoice, that it is for none; and what was booked of it, which can be taken back.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class BankLinePageModel(TrainingHubDb db, BookBankLine book, KeepBankLine keep, TakeBackBankPayment takeBack) : PageModel
{
    private const int MostFound = 20;
    private const string Changed = "It has changed since you opened this page. Look at it again before you decide";

    public BankLine Line { get; private set; } = null!;
    public string FileName { get; private set; } = "";
    public BankMatch Match { get; private set; } = new([]);
    public IReadOnlyList<BankLinePayment> Payments { get; private set; } = [];
    public IReadOnlyList<PayableInvoice> Found { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Number, organisation, address or purchase order")]
    public string? Q { get; set; }

    [BindProperty]
    public List<ChosenInvoice> Chosen { get; set; } = [];

    [BindProperty]
    [Display(Name = "What is it?")]
    public BankLineOutcome? Outcome { get; set; }

    [BindProperty]
    [Display(Name = "Note (optional)", Description = "For example “Grant from the health board”. No names of people.")]
    [StringLength(BankLine.NoteLength)]
    public string? Note { get; set; }

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => ShowAsync(id, ct);

    [StepUp]
    public async Task<IActionResult> OnPostBookAsync(Guid id, string? parts, CancellationToken ct) => await BookAsync(id, await BankParts.ReadAsync(db, parts, ct), ct);

    /// <summary>Books on the invoices that were looked for, as much on each as was typed.</summary>
    [StepUp]
    public async Task<IActionResult> OnPostChosenAsync(Guid id, CancellationToken ct)
    {
        var wanted = new List<(Guid Id, int Pence, int Open)>();
        foreach (var (one, place) in Chosen.Select((one, place) => (one, place)).Where(one => !string.IsNullOrWhiteSpace(one.one.Amount)))
        {
            if (BankAmount.Parse(one.Amount!) is > 0 and var pence)
            {
                wanted.Add((one.Id, pence, one.Open));
            }
            else
            {
                ModelState.AddModelError($"{nameof(Chosen)}[{place}].{nameof(ChosenInvoice.Amount)}", "Enter a sum, like 110 or 55.50");
            }
        }

        if (ModelState.IsValid && wanted.Count == 0)
        {
            ModelState.AddModelError($"{nameof(Chosen)}[0].{nameof(ChosenInvoice.Amount)}", "Enter how much of it pays at least one invoice");
        }

        if (!ModelState.IsValid)
        {
            return await ShowAsync(id, ct);
        }

        var left = await db.BankLines.Where(line => line.Id == id).Select(line => line.AmountPence - line.BookedPence).SingleOrDefaultAsync(ct);
        if (wanted.Sum(one => (long)one.Pence) > left)
        {
            ModelState.AddModelError("", $"The sums are more than the {new Money(left)} that is left of this payment");
            return await ShowAsync(id, ct);
        }

        return await BookAsync(id, await BankParts.FindAsync(db, wanted, ct), ct);
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsideAsync(Guid id, int left, CancellationToken ct)
    {
        if (Outcome is not { } outcome)
        {
            ModelState.AddModelError(nameof(Outcome), "Select what it is");
        }
        else if (ModelState.IsValid)
        {
            if (await keep.SetAsideAsync(id, left, outcome, Note, User.Actor(), ct))
            {
                return Done(id, $"{new Money(left)} is set aside: {BankWords.Outcome(outcome).ToLowerInvariant()}.");
            }

            ModelState.AddModelError("", Changed);
        }

        return await ShowAsync(id, ct);
    }

    [StepUp]
    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken ct)
    {
        if (await keep.TakeUpAgainAsync(id, User.Actor(), ct))
        {
            return Done(id, "It waits for a decision again.");
        }

        ModelState.AddModelError("", Changed);
        return await ShowAsync(id, ct);
    }

    [StepUp]
    public async Task<IActionResult> OnPostTakeBackAsync(Guid id, Guid payment, CancellationToken ct)
    {
        var whyNot = await takeBack.RunAsync(payment, User.Actor(), ct) switch
        {
            TakeBackBankPaymentResult.TakenBack => null,
            TakeBackBankPaymentResult.NothingToTakeBack => "It was taken back before",
            TakeBackBankPaymentResult.PartIsDecided => "Some of this payment was paid back or kept on its booking, so it cannot be taken back. Put the rest right on the booking",
        };
        if (whyNot is null)
        {
            return Done(id, "The payment is taken back, and the money waits for a decision again. The payer has had a receipt: tell them that it was a mistake.");
        }

        ModelState.AddModelError("", whyNot);
        return await ShowAsync(id, ct);
    }

    private async Task<IActionResult> BookAsync(Guid id, IReadOnlyList<BankPart>? parts, CancellationToken ct)
    {
        var result = parts is null ? BookBankLineResult.Changed : await book.RunAsync(id, parts, User.Actor(), ct);
        if (result == BookBankLineResult.Booked)
        {
            return Done(id, $"Booked: {string.Join("; ", parts!.Select(BankWords.Part))}.");
        }

        ModelState.AddModelError("", BankParts.Words(result));
        return await ShowAsync(id, ct);
    }

    private LocalRedirectResult Done(Guid id, string words)
    {
        TempData["Success"] = words;
        return LocalRedirect("~" + PaymentUrls.BankLine(id));
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (await db.BankLines.AsNoTracking().SingleOrDefaultAsync(line => line.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        Line = found;
        FileName = await db.BankFiles.Where(file => file.Id == found.FileId).Select(file => file.FileName).SingleAsync(ct);
        Payments = await BankLinePayment.OfAsync(db, [id], ct);
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        if (found.Waits)
        {
            Match = (await BankMatching.ReadAsync(db, [found.Text], [found.Payer], ct)).Match(found);
            await FindAsync(ct);
        }

        return Page();
    }

    private async Task FindAsync(CancellationToken ct)
    {
        if (Q?.Trim() is not { Length: > 0 and <= InvoicesModel.QueryLength } query)
        {
            return;
        }

        Found = await BankMatching.Of(db, InvoicesModel.Named(db, db.Invoices.Where(invoice => !invoice.IsSettled), query).OrderBy(invoice => invoice.Number).Take(MostFound)).ToListAsync(ct);
        Found = [.. Found.OrderBy(invoice => invoice.Number)];
        if (Chosen.Count != Found.Count)
        {
            Chosen = [.. Found.Select(invoice => new ChosenInvoice { Id = invoice.Id, Open = invoice.OpenPence })];
        }
    }
}
