using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One toolkit, briefing or piece of guidance: its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ResourcePageModel(TrainingHubDb db, SaveResource save, ArchiveRecord archive) : EditPage<Resource>(db)
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ResourceFacts Form { get; private set; } = new();

    public Resource? Resource => Record;

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        // A browser sends nothing for boxes that are not ticked.
        Form.CourseIds = [];
        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        Known("Form.AreaId", Form.AreaId is { } area ? [area] : [], Areas, "Select an area from the list");
        Known("Form.CourseIds", Form.CourseIds, Courses, "Select courses from the list");
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Resource?.Id ?? Guid.CreateVersion7();
        var outcome = Resource is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Resource is null ? "Added. Visitors see it now" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<Resource>(id, version, User.Actor(), ct), id, version, "Archived. Visitors do not see it any more", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<Resource>(id, version, User.Actor(), ct), id, version, "Shown again", ct);

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffResource(id);

    protected override PageResult RefuseName() => Refuse("Form.Title", "There is one with this title. Choose a title that tells them apart");

    protected override async Task ShowAsync(Resource? found, CancellationToken ct)
    {
        Areas = await Db.Areas.OrderBy(area => area.SortOrder).Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
        Courses = await Db.Courses.Where(course => course.ArchivedAt == null).OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString())).ToListAsync(ct);
        Form = found is null ? new() : ResourceFacts.Of(found, await Db.ResourceCourses.Where(one => one.ResourceId == found.Id).Select(one => one.CourseId).ToListAsync(ct));
    }

    private void Known(string key, IEnumerable<Guid> ids, IReadOnlyList<SelectListItem> among, string error)
    {
        if (ids.Any(id => !among.Any(item => item.Value == $"{id}")))
        {
            ModelState.AddModelError(key, error);
        }
    }
}
