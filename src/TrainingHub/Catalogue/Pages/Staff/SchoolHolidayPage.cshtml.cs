using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One school holiday: its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SchoolHolidayPageModel(TrainingHubDb db, SaveSchoolHoliday save, ArchiveRecord archive) : EditPage<SchoolHoliday>(db)
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public SchoolHolidayFacts Form { get; private set; } = new();

    public SchoolHoliday? Holiday => Record;

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

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
        await ActedAsync(await archive.ArchiveAsync<SchoolHoliday>(id, version, User.Actor(), ct), id, version, "Archived. It is not looked at any more", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<SchoolHoliday>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffHoliday(id);

    protected override PageResult RefuseName() => throw new InvalidOperationException("Holidays of two years have one name.");

    protected override async Task ShowAsync(SchoolHoliday? found, CancellationToken ct)
    {
        Areas = await Db.Areas.OrderBy(area => area.SortOrder).Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
        if (found is null)
        {
            return;
        }

        Form = SchoolHolidayFacts.Of(found);
    }
}
