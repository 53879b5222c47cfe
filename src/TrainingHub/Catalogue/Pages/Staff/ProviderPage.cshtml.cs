using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One provider: its form, its trainers, the coming dates that it delivers, and what was done to it. At "new" the form of another.</summary>
internal sealed class ProviderPageModel(TrainingHubDb db, SaveProvider save, ArchiveRecord archive, TimeProvider clock) : PageModel
{
    internal sealed record TrainerRow(Guid Id, string Name, bool IsArchived, IReadOnlyList<string> Courses);

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ProviderFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public Provider? Provider { get; private set; }

    public IReadOnlyList<TrainerRow> Trainers { get; private set; } = [];
    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>Coming dates after the last day of the contract.</summary>
    public int AfterContract { get; private set; }
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

        await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.Email", Form.Email);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var saved = Provider?.Id ?? Guid.CreateVersion7();
        var outcome = Provider is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Provider is null ? "The provider is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.ArchiveAsync<Provider>(id, version, User.Actor(), ct), "Archived. It is not offered for new dates", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.RestoreAsync<Provider>(id, version, User.Actor(), ct), "In use again", ct);

    private async Task<IActionResult> ActAsync(Guid id, int version, EditOutcome outcome, string done, CancellationToken ct) =>
        await ReadAsync(id.ToString(), ct) ? await AnswerAsync(outcome, id, version, done, ct) : NotFound();

    private async Task<IActionResult> AnswerAsync(EditOutcome outcome, Guid id, int version, string done, CancellationToken ct) => outcome switch
    {
        EditOutcome.Saved => Done(id, done),
        EditOutcome.Unknown => NotFound(),
        EditOutcome.NameTaken => RefuseName(),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(CatalogueUrls.StaffProvider(id));
    }

    private PageResult RefuseName()
    {
        ModelState.AddModelError("Form.Name", "Another provider has this name. Choose a name that tells them apart");
        return Page();
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Provider = await db.Providers.AsNoTracking().SingleAsync(provider => provider.Id == id, ct);
        Since = await Edit.SinceAsync<Provider>(db, id, version, ct);
        ModelState.AddModelError("", EditWords.ChangedSince(Since));
        return Page();
    }

    private async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        if (id == CatalogueUrls.New)
        {
            return true;
        }

        if (!Guid.TryParse(id, out var known) || await db.Providers.AsNoTracking().SingleOrDefaultAsync(provider => provider.Id == known, ct) is not { } found)
        {
            return false;
        }

        (Provider, Form) = (found, ProviderFacts.Of(found));
        var coming = DateLines.Coming(db, clock.GetUtcNow()).Where(run => run.ProviderId == known);
        Coming = await ComingDates.CountAsync(coming, ct);
        AfterContract = found.ContractUntil is { } until ? await coming.CountAsync(run => run.RunsOn > until, ct) : 0;
        Dates = await DateLines.Of(db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
        Trainers = await db.Trainers
            .Where(trainer => trainer.ProviderId == known)
            .OrderBy(trainer => trainer.ArchivedAt != null).ThenBy(trainer => trainer.Name).ThenBy(trainer => trainer.Id)
            .Select(trainer => new TrainerRow(
                trainer.Id, trainer.Name, trainer.ArchivedAt != null,
                db.Courses.Where(course => db.TrainerCourses.Any(may => may.TrainerId == trainer.Id && may.CourseId == course.Id))
                    .OrderBy(course => course.Title).Select(course => course.Title).ToList()))
            .ToListAsync(ct);
        History = await HistoryEntry.OfAsync<Provider>(db, known, ct);
        return true;
    }
}
