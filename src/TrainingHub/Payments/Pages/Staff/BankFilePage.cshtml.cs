using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>A bank's file: before somebody agrees what it would do, and afterwards what it did and what of it still needs a person.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class BankFilePageModel(TrainingHubDb db, AgreeBankFile agree, BookBankFile book) : PageModel
{
    public const int MostShown = 200;

    /// <summary>So long the page waits for the booking; the rest is booked while nobody waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal sealed record Counts(int Booked, int BookedPence, int Waiting, int WaitingPence, int Aside);

    public BankFile Sent { get; private set; } = null!;

    /// <summary>Null once it was agreed to.</summary>
    public BankPreview? Preview { get; private set; }

    /// <summary>Of the lines that this file brought.</summary>
    public Counts Now { get; private set; } = new(0, 0, 0, 0, 0);

    public int SeenCount => Sent.CreditCount - (Sent.NewCount ?? 0);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.BankFiles.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return Gone();
        }

        Sent = found;
        if (found.AgreedAt is null)
        {
            Preview = await PreviewBankFile.RunAsync(db, found, ct);
            return Page();
        }

        Now = await db.BankLines.Where(line => line.FileId == id).GroupBy(_ => 1).Select(lines => new Counts(
            lines.Count(line => line.BookedPence == line.AmountPence),
            lines.Sum(line => line.BookedPence),
            lines.Count(line => line.Outcome == null && line.BookedPence < line.AmountPence),
            lines.Sum(line => line.Outcome == null ? line.AmountPence - line.BookedPence : 0),
            lines.Count(line => line.Outcome != null))).FirstOrDefaultAsync(ct) ?? Now;
        return Page();
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await agree.RunAsync(id, ct))
        {
            return Gone();
        }

        await book.RunAsync(id, Patience, ct);
        return LocalRedirect("~" + PaymentUrls.BankFile(id));
    }

    private LocalRedirectResult Gone()
    {
        TempData["Notice"] = "This file was not read, and is not kept for longer than an hour. Choose it again.";
        return LocalRedirect("~" + PaymentUrls.BankRead);
    }
}
