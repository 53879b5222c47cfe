using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;
using TrainingHub.Portal;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>An organisation's staff list beside its training: evidence for an audit, for an organisation that asks the training team for it.</summary>
[ForStaff(StaffRight.ReadBookings)]
internal sealed class EvidencePageModel(TrainingHubDb db, ReadEvidence read, TimeProvider clock) : PageModel
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? List { get; set; }

    [BindProperty]
    public List<Guid> Needed { get; set; } = [];

    // By its name, or every field of the form would be taken for one of its keys.
    [BindProperty(Name = EvidenceView.Who)]
    public Dictionary<int, Guid?> Who { get; set; } = [];

    public Guid Id { get; private set; }
    public EvidenceView Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCompareAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        await using var file = Upload?.OpenReadStream();
        return Answer(await read.CompareAsync(Shown, file, ct));
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(id, ct) ? Answer(await read.DecideAsync(Shown, List, Who, ct)) : NotFound();

    public async Task<IActionResult> OnPostFileAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var page = Answer(await read.DecideAsync(Shown, List, Who, ct));
        if (Shown.Evidence is null)
        {
            return page;
        }

        HistoryEntry.Add<Organisation>(db, id, User.Actor(), "Training evidence downloaded", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return File(await EvidenceBook.WriteAsync(Shown, ct), WorkbookWriter.ContentType, EvidenceBook.FileName(Shown.Training.Today));
    }

    private PageResult Answer(EvidenceView view)
    {
        Shown = view;
        foreach (var (field, message) in view.Faults)
        {
            ModelState.AddModelError(field, message);
        }

        return Page();
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Organisations.Where(one => one.Id == id && one.MergedIntoId == null).Select(one => one.Name).FirstOrDefaultAsync(ct) is not { } name)
        {
            return false;
        }

        Id = id;
        Shown = (await read.StartAsync(id, name, DeskUrls.Evidence(id), ct)) with { NeededCourses = Needed };
        return true;
    }
}
