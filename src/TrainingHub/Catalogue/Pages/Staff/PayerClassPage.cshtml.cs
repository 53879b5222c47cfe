using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One class of payers: its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class PayerClassPageModel(TrainingHubDb db, SavePayerClass save, ArchiveRecord archive) : PageModel
{
    [BindProperty]
    public PayerClassFacts Form { get; set; } = new();

    /// <summary>Null for a new one.</summary>
    public PayerClass? Payer { get; private set; }

    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>What somebody else did while the form was open, the last first.</summary>
    public IReadOnlyList<HistoryEntry> Since { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        Form = Payer is null
            ? new() { SortOrder = await db.PayerClasses.MaxAsync(one => one.SortOrder, ct) + 1 }
            : PayerClassFacts.Of(Payer);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (!Form.SectorIds.All(sector => Sectors.Any(item => item.Value == $"{sector}")))
        {
            ModelState.AddModelError("Form.SectorIds", "Select sectors from the list");
        }

        if (!Form.AreaIds.All(area => Areas.Any(item => item.Value == $"{area}")))
        {
            ModelState.AddModelError("Form.AreaIds", "Select areas from the list");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var saved = Payer?.Id ?? Guid.CreateVersion7();
        var outcome = Payer is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(
            outcome, saved, version, Payer is null ? "Added. They pay what everybody pays until you add fees that say otherwise" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, archive.ArchiveAsync<PayerClass>, "Archived. They pay what everybody pays", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, archive.RestoreAsync<PayerClass>, "In use again", ct);

    private async Task<IActionResult> ActAsync(
        Guid id, int version, Func<Guid, int, Actor, CancellationToken, Task<EditOutcome>> act, string done, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await ReadAsync($"{id}", ct))
        {
            return NotFound();
        }

        Form = PayerClassFacts.Of(Payer!);
        return await AnswerAsync(await act(id, version, User.Actor(), ct), id, version, done, ct);
    }

    private async Task<IActionResult> AnswerAsync(EditOutcome outcome, Guid id, int version, string done, CancellationToken ct) => outcome switch
    {
        EditOutcome.Saved => Done(id, done),
        EditOutcome.Unknown => NotFound(),
        EditOutcome.NameTaken => TellName(),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(CatalogueUrls.StaffPayerClass(id));
    }

    private PageResult TellName()
    {
        ModelState.AddModelError("Form.Name", "Another class of payers has this name");
        return Page();
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Payer = await db.PayerClasses.AsNoTracking().SingleAsync(one => one.Id == id, ct);
        Since = await Edit.SinceAsync<PayerClass>(db, id, version, ct);
        ModelState.AddModelError("", EditWords.ChangedSince(Since));
        return Page();
    }

    private async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        Sectors = await db.Sectors.OrderBy(sector => sector.SortOrder).Select(sector => new SelectListItem(sector.Name, sector.Id.ToString())).ToListAsync(ct);
        Areas = await db.Areas.OrderBy(area => area.SortOrder).Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
        if (id == CatalogueUrls.New)
        {
            return true;
        }

        if (!Guid.TryParse(id, out var known)
            || await db.PayerClasses.AsNoTracking().SingleOrDefaultAsync(one => one.Id == known && one.SortOrder != PayerClass.Everybody, ct) is not { } found)
        {
            return false;
        }

        Payer = found;
        History = await HistoryEntry.OfAsync<PayerClass>(db, known, ct);
        return true;
    }
}
