using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One school holiday: its form, and what was done to it. At "new" the form of another.</summary>
internal sealed class SchoolHolidayPageModel(TrainingHubDb db, SaveSchoolHoliday save, ArchiveRecord archive) : PageModel
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public SchoolHolidayFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public SchoolHoliday? Holiday { get; private set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>What somebody else did while the form was open, the last first.</summary>
    public IReadOnlyList<HistoryEntry> Since { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.AreaId is { } area && !Areas.Any(item => item.Value == $"{area}"))
        {
            ModelState.AddModelError("Form.AreaId", "Select an area from the list");
        }

        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Holiday?.Id ?? Guid.CreateVersion7();
        var outcome = Holiday is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Holiday is null ? "The school holiday is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.ArchiveAsync<SchoolHoliday>(id, version, User.Actor(), ct), "Archived. It is not looked at any more", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.RestoreAsync<SchoolHoliday>(id, version, User.Actor(), ct), "In use again", ct);

    private async Task<IActionResult> ActAsync(Guid id, int version, EditOutcome outcome, string done, CancellationToken ct) =>
        await ReadAsync(id.ToString(), ct) ? await AnswerAsync(outcome, id, version, done, ct) : NotFound();

    private async Task<IActionResult> AnswerAsync(EditOutcome outcome, Guid id, int version, string done, CancellationToken ct) => outcome switch
    {
        EditOutcome.Saved => Done(id, done),
        EditOutcome.Unknown => NotFound(),
        EditOutcome.NameTaken => throw new InvalidOperationException("Holidays of two years have one name."),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(CatalogueUrls.StaffHoliday(id));
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Holiday = await db.SchoolHolidays.AsNoTracking().SingleAsync(holiday => holiday.Id == id, ct);
        Since = await Edit.SinceAsync<SchoolHoliday>(db, id, version, ct);
        ModelState.AddModelError("", EditWords.ChangedSince(Since));
        return Page();
    }

    private async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        Areas = await db.Areas.OrderBy(area => area.SortOrder).Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
        if (id == CatalogueUrls.New)
        {
            return true;
        }

        if (!Guid.TryParse(id, out var known) || await db.SchoolHolidays.AsNoTracking().SingleOrDefaultAsync(holiday => holiday.Id == known, ct) is not { } found)
        {
            return false;
        }

        (Holiday, Form) = (found, SchoolHolidayFacts.Of(found));
        History = await HistoryEntry.OfAsync<SchoolHoliday>(db, known, ct);
        return true;
    }
}
