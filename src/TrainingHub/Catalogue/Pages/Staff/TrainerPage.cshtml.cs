using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One trainer of a provider: the form, the courses that they may deliver, and what was done to the record.</summary>
internal sealed class TrainerPageModel(TrainingHubDb db, SaveTrainer save, ArchiveRecord archive) : PageModel
{
    public Provider Provider { get; private set; } = null!;

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public TrainerFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public Trainer? Trainer { get; private set; }

    public IReadOnlyList<Guid> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>What somebody else did while the form was open, the last first.</summary>
    public IReadOnlyList<HistoryEntry> Since { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid provider, string id, CancellationToken ct) =>
        await ReadAsync(provider, id, ct) ? Page() : NotFound();

    /// <param name="provider">Whose trainer it is.</param>
    /// <param name="id">The trainer, or "new".</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="courses">Those that are ticked.</param>
    /// <param name="coursesShown">The form had the courses, so that no tick means none.</param>
    /// <param name="ct">To stop.</param>
    public async Task<IActionResult> OnPostAsync(Guid provider, string id, int version, Guid[]? courses, bool coursesShown, CancellationToken ct)
    {
        if (!await ReadAsync(provider, id, ct))
        {
            return NotFound();
        }

        Courses = coursesShown ? courses ?? [] : Courses;
        await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.Email", Form.Email);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var saved = Trainer?.Id ?? Guid.CreateVersion7();
        var outcome = Trainer is null
            ? await save.AddAsync(saved, provider, Form, Courses, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, coursesShown ? Courses : null, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Trainer is null ? "The trainer is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid provider, Guid id, int version, CancellationToken ct) =>
        await ReadAsync(provider, id.ToString(), ct)
            ? await AnswerAsync(await archive.ArchiveAsync<Trainer>(id, version, User.Actor(), ct), id, version, "Archived", ct)
            : NotFound();

    public async Task<IActionResult> OnPostRestoreAsync(Guid provider, Guid id, int version, CancellationToken ct) =>
        await ReadAsync(provider, id.ToString(), ct)
            ? await AnswerAsync(await archive.RestoreAsync<Trainer>(id, version, User.Actor(), ct), id, version, "Named as a trainer again", ct)
            : NotFound();

    private async Task<IActionResult> AnswerAsync(EditOutcome outcome, Guid id, int version, string done, CancellationToken ct) => outcome switch
    {
        EditOutcome.Saved => Done(id, done),
        EditOutcome.Unknown or EditOutcome.NameTaken => NotFound(),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(CatalogueUrls.StaffTrainer(Provider.Id, id));
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Trainer = await db.Trainers.AsNoTracking().SingleAsync(trainer => trainer.Id == id, ct);
        Since = await Edit.SinceAsync<Trainer>(db, id, version, ct);
        ModelState.AddModelError("", EditWords.ChangedSince(Since));
        return Page();
    }

    private async Task<bool> ReadAsync(Guid provider, string id, CancellationToken ct)
    {
        if (await db.Providers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == provider, ct) is not { } owner)
        {
            return false;
        }

        Provider = owner;
        if (id != CatalogueUrls.New)
        {
            if (!Guid.TryParse(id, out var known)
                || await db.Trainers.AsNoTracking().SingleOrDefaultAsync(trainer => trainer.Id == known && trainer.ProviderId == provider, ct) is not { } found)
            {
                return false;
            }

            (Trainer, Form) = (found, TrainerFacts.Of(found));
            Courses = await db.TrainerCourses.Where(may => may.TrainerId == known).Select(may => may.CourseId).ToListAsync(ct);
            History = await HistoryEntry.OfAsync<Trainer>(db, known, ct);
        }

        Choices = await db.Courses
            .Where(course => course.OfferOrder != null || Courses.Contains(course.Id))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString()))
            .ToListAsync(ct);
        return true;
    }
}
