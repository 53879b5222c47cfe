using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One venue: its form, the coming dates that are held there, and what was done to it. At "new" the form of another.</summary>
internal sealed class VenuePageModel(TrainingHubDb db, SaveVenue save, ArchiveRecord archive, TimeProvider clock) : PageModel
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public VenueFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public Venue? Venue { get; private set; }

    public string Name => Venue?.Name ?? "";

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

        if (!await TryUpdateModelAsync(Form, nameof(Form)))
        {
            return Page();
        }

        var saved = Venue?.Id ?? Guid.CreateVersion7();
        var outcome = Venue is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Venue is null ? "The venue is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.ArchiveAsync<Venue>(id, version, User.Actor(), ct), "Archived. It is not offered for new dates", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActAsync(id, version, await archive.RestoreAsync<Venue>(id, version, User.Actor(), ct), "In use again", ct);

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
        return Redirect(CatalogueUrls.StaffVenue(id));
    }

    private PageResult RefuseName()
    {
        ModelState.AddModelError("Form.Name", "Another venue has this name. Choose a name that tells them apart");
        return Page();
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Venue = await db.Venues.AsNoTracking().SingleAsync(venue => venue.Id == id, ct);
        Since = await Edit.SinceAsync<Venue>(db, id, version, ct);
        ModelState.AddModelError("", EditWords.ChangedSince(Since));
        return Page();
    }

    private async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        if (id == CatalogueUrls.New)
        {
            return true;
        }

        if (!Guid.TryParse(id, out var known) || await db.Venues.AsNoTracking().SingleOrDefaultAsync(venue => venue.Id == known, ct) is not { } found)
        {
            return false;
        }

        (Venue, Form) = (found, VenueFacts.Of(found));
        var coming = DateLines.Coming(db, clock.GetUtcNow()).Where(run => run.VenueId == known);
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
        History = await HistoryEntry.OfAsync<Venue>(db, known, ct);
        return true;
    }
}
