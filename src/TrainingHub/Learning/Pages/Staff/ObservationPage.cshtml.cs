using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What was seen at a date: the form, and who wrote and corrected it. At "new" the form of another, of the date "of".</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ObservationPageModel(TrainingHubDb db, SaveObservation save, ArchiveRecord archive, TimeProvider clock) : CheckedWordsPage<CourseObservation>(db)
{
    /// <summary>The date of a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Of { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ObservationFacts Form { get; private set; } = new();

    /// <summary>The page is not shown without it.</summary>
    public DateLine Date => date ?? throw new InvalidOperationException("There is no date.");

    private DateLine? date;

    /// <summary>Of the date; null where it names none.</summary>
    public Guid? ProviderId { get; private set; }

    /// <summary>Null when the demonstration invented it.</summary>
    public string? Observer { get; private set; }

    public static IReadOnlyList<SelectListItem> Marks { get; } = [.. Enum.GetValues<SeenAs>().Select(mark => new SelectListItem(QualityWords.Seen(mark), $"{mark}"))];

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        Warn(Form.WentWell, Form.ToChange, Form.Agreed, Form.Outcome);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, Of, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<CourseObservation>(id, version, User.Actor(), ct), id, version, "Archived. It stands on no list", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<CourseObservation>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Observation(id);

    // It has no name.
    protected override PageResult RefuseName() => Page();

    protected override async Task<bool> ReadAsync(string id, CancellationToken ct) => await base.ReadAsync(id, ct) && date is not null;

    protected override async Task ShowAsync(CourseObservation? found, CancellationToken ct)
    {
        // A date that was cancelled after somebody wrote about it keeps what they wrote.
        var runs = found is null ? CourseObservation.Observable(Db, clock.GetUtcNow()).Where(run => run.Id == Of) : Db.CourseRuns.Where(run => run.Id == found.RunId);
        date = await DateLines.Of(Db, runs).SingleOrDefaultAsync(ct);
        ProviderId = await runs.Select(run => run.ProviderId).SingleOrDefaultAsync(ct);
        if (found is not null)
        {
            Form = ObservationFacts.Of(found);
            Observer = await Db.Users.Where(user => user.Id == found.ObservedById).Select(user => user.Name).SingleOrDefaultAsync(ct);
        }
    }
}
