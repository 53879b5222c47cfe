using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One course: its form with a preview, its life from draft to archive, its coming dates, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class CoursePageModel(TrainingHubDb db, SaveCourse save, MoveCourse move, TimeProvider clock) : EditPage<Course>(db)
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public CourseFacts Form { get; private set; } = new();

    public Course? Course => Record;

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
        return await AnswerAsync(outcome, saved, version, Course is null ? "The course is added as a draft. Visitors do not see it yet" : "Saved", ct);
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
        moved.Refusal is { } refusal && await ReadAsync($"{id}", ct) ? Refuse(refusal) : await ActedAsync(moved.Outcome, id, version, done, ct);

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffCourse(id);

    protected override PageResult RefuseName() => Refuse("Form.Title", "Another course has or had this title. Results and imports could not tell them apart");

    private PageResult Refuse(CourseRefusal refusal) => refusal switch
    {
        CourseRefusal.SummaryMissing => Refuse("Form.Summary", "Enter a summary, and save it, before you publish the course"),
        CourseRefusal.AudienceMissing => Refuse("Form.Audience", "Say who it is for, and save it, before you publish the course"),
        CourseRefusal.OutcomesMissing => Refuse("Form.Outcomes", "Say what people will be able to do, and save it, before you publish the course"),
        CourseRefusal.HasComingDates => Refuse("", $"It has {Coming.Words}. Cancel or move them first; until then you can take it out of the offer"),
        CourseRefusal.NotNow => Refuse("", "Nothing changed: somebody else has done this, or something like it, before. Look at where the course stands now"),
    };

    protected override async Task ShowAsync(Course? found, CancellationToken ct)
    {
        var known = found?.Id;
        if (found is not null)
        {
            await ReadUseAsync(found, ct);
        }

        Prerequisites = await Db.Courses
            .Where(course => course.Id != known && (course.ArchivedAt == null || course.Id == Form.PrerequisiteId))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString()))
            .ToListAsync(ct);
        Tags = await Db.Courses.Where(course => course.Tag != null).Select(course => course.Tag ?? "").Distinct().OrderBy(tag => tag).ToListAsync(ct);
    }

    private async Task ReadUseAsync(Course found, CancellationToken ct)
    {
        Form = CourseFacts.Of(found);
        OtherTitles = await Db.CourseTitles.Where(title => title.CourseId == found.Id && title.Title != found.Title)
            .OrderBy(title => title.Title).Select(title => title.Title).ToListAsync(ct);
        Programme = await Db.Programmes.AsNoTracking().SingleOrDefaultAsync(programme => programme.Id == found.ProgrammeId, ct);
        Wishes = await Db.DateWishes.CountAsync(wish => wish.CourseId == found.Id && wish.RunId == null, ct);
        var coming = DateLines.Coming(Db, clock.GetUtcNow()).Where(run => run.CourseId == found.Id);
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(Db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
    }
}
