using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One meaning of what visitors type: its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SearchMeaningPageModel(TrainingHubDb db, SaveSearchMeaning save, ArchiveRecord archive) : EditPage<SearchMeaning>(db)
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public SearchMeaningFacts Form { get; private set; } = new();

    public SearchMeaning? Meaning => Record;

    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.Courses.Any(course => !Courses.Any(item => item.Value == $"{course}")))
        {
            ModelState.AddModelError("Form.CourseIds[0]", "Select courses from the list");
        }

        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Meaning?.Id ?? Guid.CreateVersion7();
        var outcome = Meaning is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Meaning is null ? "The meaning is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<SearchMeaning>(id, version, User.Actor(), ct), id, version, "Archived. Searches take no notice of it", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<SearchMeaning>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffSearchMeaning(id);

    protected override PageResult RefuseName() => Refuse("Form.Name", "There is a meaning of this name. Add the words there, or choose another name");

    protected override async Task ShowAsync(SearchMeaning? found, CancellationToken ct)
    {
        Courses = await Db.Courses.Where(Course.IsPublic).OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.OfferOrder == null ? course.Title + " (not offered now)" : course.Title, course.Id.ToString())).ToListAsync(ct);
        Form = found is null ? new() : SearchMeaningFacts.Of(found);

        // A course that visitors no longer see is no answer.
        Form.CourseIds = [.. Form.CourseIds.Where(course => Courses.Any(item => item.Value == $"{course}"))];
        while (Form.CourseIds.Count < SearchMeaningFacts.MostCourses)
        {
            Form.CourseIds.Add(null);
        }
    }
}
