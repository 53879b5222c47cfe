using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One programme: its form with its modules, their coming dates, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ProgrammePageModel(TrainingHubDb db, SaveProgramme save, ArchiveRecord archive, TimeProvider clock) : EditPage<Programme>(db)
{
    private const int EmptyLines = 3;

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ProgrammeFacts Form { get; private set; } = new();

    public Programme? Programme => Record;

    /// <summary>Courses that are its modules or those of no other, by id.</summary>
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>Visitors see it if it is in use.</summary>
    public bool IsPublic { get; private set; }

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (!await TryUpdateModelAsync(Form, nameof(Form)))
        {
            return Page();
        }

        var saved = Programme?.Id ?? Guid.CreateVersion7();
        var outcome = Programme is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return outcome.Refusal is { } refusal
            ? Refuse(refusal)
            : await AnswerAsync(outcome.Outcome, saved, version, Programme is null ? "The programme is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<Programme>(id, version, User.Actor(), ct), id, version, "Archived. Its modules stay as courses", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<Programme>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffProgramme(id);

    protected override PageResult RefuseName() => Refuse("Form.Title", "Another programme has this title. Choose a title that tells them apart");

    private PageResult Refuse(ProgrammeRefusal refusal) => refusal switch
    {
        ProgrammeRefusal.CourseTwice => Refuse("Form.Modules", "A course stands in two lines. Choose another, or empty one of the lines"),
        ProgrammeRefusal.CourseNotFree => Refuse("Form.Modules", "One of the courses is a module of another programme now. Choose another, or take it out there first"),
    };

    protected override async Task ShowAsync(Programme? found, CancellationToken ct)
    {
        var known = found?.Id ?? Guid.Empty;
        Courses = await Db.Courses.Where(course => course.ProgrammeId == known || (course.ProgrammeId == null && course.ArchivedAt == null))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.ArchivedAt == null ? course.IsDraft ? course.Title + " (draft)" : course.Title : course.Title + " (archived)", course.Id.ToString()))
            .ToListAsync(ct);
        if (found is null)
        {
            AddEmptyLines();
            return;
        }

        Form = (await ProgrammeModules.ReadAsync(Db, known, new ProgrammeFacts(), ct)).FactsOf(found);
        Db.ChangeTracker.Clear();
        AddEmptyLines();
        IsPublic = await Db.Courses.Where(Course.IsPublic).AnyAsync(course => course.ProgrammeId == known, ct);
        var modules = Db.Courses.Where(course => course.ProgrammeId == known);
        var coming = DateLines.Coming(Db, clock.GetUtcNow()).Where(run => modules.Any(course => course.Id == run.CourseId));
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(Db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
    }

    private void AddEmptyLines()
    {
        var wanted = Math.Min(ProgrammeFacts.MostModules, Form.Modules.Count + EmptyLines);
        while (Form.Modules.Count < wanted)
        {
            Form.Modules.Add(new ModuleFacts());
        }
    }
}
