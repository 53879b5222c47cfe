using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>A month for the office's own books: what would leave now, the journals that have left, and the act that marks one as left.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class MonthCloseModel(TrainingHubDb db, ExportJournal export, IOptions<AccountCodes> codes, TimeProvider clock) : PageModel
{
    private const int MonthsShown = 18;
    private const int MostExports = 36;

    internal sealed record KindLine(string Words, int Count, long Pence);

    internal sealed record ExportRow(JournalExport Export, string? Who);

    /// <summary>"2026-04"; without it the last month that is over.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    [BindProperty]
    public string? Seen { get; set; }

    public DateOnly Shown { get; private set; }
    public bool IsOver { get; private set; }
    public IReadOnlyList<SelectListItem> Months { get; private set; } = [];
    public Journal Journal { get; private set; } = new([], []);
    public string Hash { get; private set; } = "";
    public IReadOnlyList<ExportRow> Exports { get; private set; } = [];

    /// <summary>Of months before it: entered late, or never exported.</summary>
    public int Earlier => Journal.Entries.Count(entry => entry.On < Shown);

    public IEnumerable<KindLine> Kinds => Journal.Entries.GroupBy(entry => entry.Kind).OrderBy(kind => kind.Key)
        .Select(kind => new KindLine(LedgerJournal.KindWords(kind.Key), kind.Count(), kind.Sum(entry => (long)entry.Pence)));

    public Task OnGetAsync(CancellationToken ct)
    {
        Choose();
        return ReadAsync(ct);
    }

    [Needs(StaffRight.HandleMoney)]
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Choose();
        var (made, refusal) = await export.RunAsync(Shown, Seen ?? "", User.Actor(), ct);
        if (made is not null)
        {
            TempData["Success"] = $"Journal {made.Number} is made. Take its file to your own books";
            return LocalRedirect("~" + PaymentUrls.Journal(made.Number));
        }

        ModelState.AddModelError("", refusal switch
        {
            ExportRefusal.NotOver => "This month is not over. You can export it from the first day of the next one",
            ExportRefusal.NothingNew => "There is nothing to export: all of it has left with an earlier journal",
            ExportRefusal.Changed => "Something was entered since you opened this page. Look at the sums again",
            null => throw new InvalidOperationException("Neither made nor refused."),
        });
        await ReadAsync(ct);
        return Page();
    }

    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private void Choose()
    {
        var today = London.DateOf(clock.GetUtcNow());
        var last = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        Shown = DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked <= today ? asked : last;
        IsOver = Shown <= last;
        Month = MonthOf(Shown);
        Months = [.. Enumerable.Range(0, MonthsShown).Select(back => last.AddMonths(1 - back)).Append(Shown).Distinct().OrderDescending()
            .Select(month => new SelectListItem(London.MonthWords(month), MonthOf(month)))];
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Journal = await Journal.UpToAsync(db, Shown.AddMonths(1).AddDays(-1), ct);
        Hash = Journal.Hash(codes.Value);
        var exports = await db.JournalExports.AsNoTracking().OrderByDescending(one => one.Number).Take(MostExports).ToListAsync(ct);
        var ids = exports.ConvertAll(one => one.Id);
        var who = await db.HistoryEntries.Where(entry => ids.Contains(entry.RecordId) && entry.Act == ExportJournal.Act)
            .ToDictionaryAsync(entry => entry.RecordId, entry => entry.Actor, ct);
        Exports = exports.ConvertAll(one => new ExportRow(one, who.GetValueOrDefault(one.Id)));
    }
}
