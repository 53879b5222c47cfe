using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>A journal that has left: what is in it, and its files. They hold the same entries each time they are taken.</summary>
[ForStaff(StaffRight.ReadMoney)]
internal sealed class JournalPageModel(TrainingHubDb db, IOptions<AccountCodes> codes, TimeProvider clock) : PageModel
{
    internal const int Most = 500;

    public JournalExport Export { get; private set; } = null!;
    public Journal Journal { get; private set; } = new([], []);
    public int XeroFiles { get; private set; }

    /// <summary>Its double-entry file would say the same as on the day on which it left.</summary>
    public bool IsSame { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int number, string? format, int? part, CancellationToken ct)
    {
        if (await db.JournalExports.AsNoTracking().SingleOrDefaultAsync(one => one.Number == number, ct) is not { } found)
        {
            return NotFound();
        }

        Export = found;
        Journal = await Journal.OfAsync(db, found.Id, ct);
        XeroFiles = XeroJournal.Files(Journal.Entries);
        if (format is not null)
        {
            return format switch
            {
                "ledger" => await FileAsync("ledger", Journal.Ledger(codes.Value), ct),
                "sage" => await FileAsync("sage", SageJournal.Write(Journal.Entries, codes.Value), ct),
                "xero" when part is >= 1 && part <= XeroFiles =>
                    await FileAsync(XeroFiles == 1 ? "xero" : $"xero-{part}-of-{XeroFiles}", XeroJournal.Write(Journal.Entries, codes.Value)[part.Value - 1], ct),
                _ => NotFound(),
            };
        }

        IsSame = Journal.Hash(codes.Value) == found.Hash;
        History = await HistoryEntry.AboutAsync(db, [found.Id], ct);
        return Page();
    }

    private async Task<FileContentResult> FileAsync(string format, TextTable table, CancellationToken ct)
    {
        HistoryEntry.Add<JournalExport>(db, Export.Id, User.Actor(), "File downloaded", [], clock.GetUtcNow(), format);
        await db.SaveChangesAsync(ct);
        return new(table.ToCsvFile(), "text/csv; charset=utf-8") { FileDownloadName = $"journal-{Export.Number}-{MonthCloseModel.MonthOf(Export.Month)}-{format}.csv" };
    }
}
