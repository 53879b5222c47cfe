using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One programme: its form with its modules, their coming dates, and what was done to it. At "new" the form of another.</summary>
internal sealed class ProgrammePageModel(TrainingHubDb db, SaveProgramme save, ArchiveRecord archive, TimeProvider clock) : PageModel
{
    private const int EmptyLines = 3;

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ProgrammeFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public Programme? Programme { get; private set; }

    /// <summary>Courses that are its modules or those of no other, by id.</summary>
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>What somebody else did while the form was open, the last first.</summary>
    public IReadOnlyList<HistoryEntry> Since { get; private set; } = [];

    /// <summary>Visitors see it if it is in use.</summary>
    public bool IsPublic { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

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
        return await AnswerAsync(outcome, saved, version, Programme is null ? "The programme is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.ArchiveAsync<Programme>(id, version, User.Actor(), ct), "Archived. Its modules stay as courses", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.RestoreAsync<Programme>(id, version, User.Actor(), ct), "In use again", ct);

    private async Task<IActionResult> ActAsync(Guid id, int version, EditOutcome outcome, string done, CancellationToken ct) =>
        await ReadAsync(id.ToString(), ct) ? await AnswerAsync(new(outcome), id, version, done, ct) : NotFound();

    private async Task<IActionResult> AnswerAsync(SavedProgramme saved, Guid id, int version, string done, CancellationToken ct) => saved.Outcome switch
    {
        EditOutcome.Saved => saved.Refusal is { } refusal ? (IActionResult)Refuse(refusal) : Done(id, done),
        EditOutcome.Unknown => NotFound(),
        EditOutcome.NameTaken => Refuse("Form.Title", "Another programme has this title. Choose a title that tells them apart"),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(CatalogueUrls.StaffProgramme(id));
    }

    private PageResult Refuse(ProgrammeRefusal refusal) => refusal switch
    {
        ProgrammeRefusal.CourseTwice => Refuse("Form.Modules", "A course stands in two lines. Choose another, or empty one of the lines"),
        ProgrammeRefusal.CourseNotFree => Refuse("Form.Modules", "One of the courses is a module of another programme now. Choose another, or take it out there first"),
    };

    private PageResult Refuse(string key, string words)
    {
        ModelState.AddModelError(key, words);
        return Page();
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(programme => programme.Id == id, ct);
        Since = Programme is null ? [] : await Edit.SinceAsync<Programme>(db, id, version, ct);
        return Refuse("", EditWords.ChangedSince(Since));
    }

    private async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        var isNew = id == CatalogueUrls.New;
        var known = Guid.Empty;
        if (!isNew && !Guid.TryParse(id, out known))
        {
            return false;
        }

        Courses = await db.Courses.Where(course => course.ProgrammeId == known || (course.ProgrammeId == null && course.ArchivedAt == null))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.ArchivedAt == null ? course.IsDraft ? course.Title + " (draft)" : course.Title : course.Title + " (archived)", course.Id.ToString()))
            .ToListAsync(ct);
        if (isNew)
        {
            AddEmptyLines();
            return true;
        }

        if (await db.Programmes.AsNoTracking().SingleOrDefaultAsync(programme => programme.Id == known, ct) is not { } found)
        {
            return false;
        }

        Programme = found;
        Form = (await ProgrammeModules.ReadAsync(db, known, new ProgrammeFacts(), ct)).FactsOf(found);
        db.ChangeTracker.Clear();
        AddEmptyLines();
        IsPublic = await db.Courses.Where(Course.IsPublic).AnyAsync(course => course.ProgrammeId == known, ct);
        var modules = db.Courses.Where(course => course.ProgrammeId == known);
        var coming = DateLines.Coming(db, clock.GetUtcNow()).Where(run => modules.Any(course => course.Id == run.CourseId));
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
        History = await HistoryEntry.OfAsync<Programme>(db, known, ct);
        return true;
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
