using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One course: its form with a preview, its life from draft to archive, its coming dates, and what was done to it. At "new" the form of another.</summary>
internal sealed class CoursePageModel(TrainingHubDb db, SaveCourse save, MoveCourse move, TimeProvider clock) : PageModel
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public CourseFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public Course? Course { get; private set; }

    /// <summary>How the texts of the form will look; null when it was not asked for.</summary>
    public CourseTexts? Preview { get; private set; }
    public IReadOnlyList<SelectListItem> Prerequisites { get; private set; } = [];
    public IReadOnlyList<string> Tags { get; private set; } = [];
    public IReadOnlyList<string> OtherTitles { get; private set; } = [];

    /// <summary>The one of which it is a module.</summary>
    public Programme? Programme { get; private set; }
    public int Wishes { get; private set; }
    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];
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

        if (!await TypedAsync())
        {
            return Page();
        }

        var saved = Course?.Id ?? Guid.CreateVersion7();
        var outcome = Course is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(new(outcome), saved, version, Course is null ? "The course is added as a draft. Visitors do not see it yet" : "Saved", ct);
    }

    /// <summary>Shows the texts as they will look, and saves nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (await TypedAsync())
        {
            var before = Prerequisites.FirstOrDefault(item => item.Value == Form.PrerequisiteId?.ToString());
            Preview = CourseTexts.Of(Form, before is null ? null : new LinkedCourse(Slug: null, before.Text));
        }

        return Page();
    }

    public async Task<IActionResult> OnPostPublishAsync(Guid id, int version, CancellationToken ct) =>
        await MovedAsync(id, version, await move.PublishAsync(id, version, User.Actor(), ct), "Published. Visitors see it now, and its dates that have a fee", ct);

    public async Task<IActionResult> OnPostTakeOutAsync(Guid id, int version, CancellationToken ct) =>
        await MovedAsync(id, version, await move.TakeOutAsync(id, version, User.Actor(), ct), "Taken out of the offer. Its page stays", ct);

    public async Task<IActionResult> OnPostPutInAsync(Guid id, int version, CancellationToken ct) =>
        await MovedAsync(id, version, await move.PutInAsync(id, version, User.Actor(), ct), "In the offer again", ct);

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await MovedAsync(id, version, await move.ArchiveAsync(id, version, User.Actor(), ct), "Archived. Visitors no longer see it", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await MovedAsync(id, version, await move.RestoreAsync(id, version, User.Actor(), ct), "Restored", ct);

    private async Task<bool> TypedAsync()
    {
        await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.PrerequisiteId is { } before && !Prerequisites.Any(item => item.Value == before.ToString()))
        {
            ModelState.AddModelError("Form.PrerequisiteId", "Choose another course from the list");
        }

        return ModelState.IsValid;
    }

    private async Task<IActionResult> MovedAsync(Guid id, int version, MovedCourse moved, string done, CancellationToken ct) =>
        await ReadAsync(id.ToString(), ct) ? await AnswerAsync(moved, id, version, done, ct) : NotFound();

    private async Task<IActionResult> AnswerAsync(MovedCourse moved, Guid id, int version, string done, CancellationToken ct) => moved.Outcome switch
    {
        EditOutcome.Saved => moved.Refusal is { } refusal ? (IActionResult)Refuse(refusal) : Done(id, done),
        EditOutcome.Unknown => NotFound(),
        EditOutcome.NameTaken => Refuse("Form.Title", "Another course has or had this title. Results and imports could not tell them apart"),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(CatalogueUrls.StaffCourse(id));
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Course = await db.Courses.AsNoTracking().SingleAsync(course => course.Id == id, ct);
        Since = await Edit.SinceAsync<Course>(db, id, version, ct);
        return Refuse("", EditWords.ChangedSince(Since));
    }

    private PageResult Refuse(string key, string words)
    {
        ModelState.AddModelError(key, words);
        return Page();
    }

    private PageResult Refuse(CourseRefusal refusal) => refusal switch
    {
        CourseRefusal.SummaryMissing => Refuse("Form.Summary", "Enter a summary, and save it, before you publish the course"),
        CourseRefusal.AudienceMissing => Refuse("Form.Audience", "Say who it is for, and save it, before you publish the course"),
        CourseRefusal.OutcomesMissing => Refuse("Form.Outcomes", "Say what people will be able to do, and save it, before you publish the course"),
        CourseRefusal.HasComingDates => Refuse("", $"It has {Coming.Words}. Cancel or move them first; until then you can take it out of the offer"),
        CourseRefusal.NotNow => Refuse("", "Nothing changed: somebody else has done this, or something like it, before. Look at where the course stands now"),
    };

    private async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        var isNew = id == CatalogueUrls.New;
        var known = Guid.Empty;
        if (!isNew && !Guid.TryParse(id, out known))
        {
            return false;
        }

        var found = isNew ? null : await db.Courses.AsNoTracking().SingleOrDefaultAsync(course => course.Id == known, ct);
        if (found is not null)
        {
            await ReadUseAsync(found, ct);
        }

        Prerequisites = await db.Courses
            .Where(course => course.Id != known && (course.ArchivedAt == null || course.Id == Form.PrerequisiteId))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString()))
            .ToListAsync(ct);
        Tags = await db.Courses.Where(course => course.Tag != null).Select(course => course.Tag ?? "").Distinct().OrderBy(tag => tag).ToListAsync(ct);
        return isNew || found is not null;
    }

    private async Task ReadUseAsync(Course found, CancellationToken ct)
    {
        (Course, Form) = (found, CourseFacts.Of(found));
        OtherTitles = await db.CourseTitles.Where(title => title.CourseId == found.Id && title.Title != found.Title)
            .OrderBy(title => title.Title).Select(title => title.Title).ToListAsync(ct);
        Programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(programme => programme.Id == found.ProgrammeId, ct);
        Wishes = await db.DateWishes.CountAsync(wish => wish.CourseId == found.Id, ct);
        var coming = DateLines.Coming(db, clock.GetUtcNow()).Where(run => run.CourseId == found.Id);
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
        History = await HistoryEntry.OfAsync<Course>(db, found.Id, ct);
    }
}
