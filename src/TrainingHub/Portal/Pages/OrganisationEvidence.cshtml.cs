using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>An organisation's staff list beside its training, for whoever looks after it: evidence for an audit.</summary>
[EnableRateLimiting(RateLimits.Forms)]
internal sealed class OrganisationEvidenceModel(TrainingHubDb db, SignedInAddress signedIn, ReadEvidence read) : SignedInPage(db, signedIn)
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
        return Shown.Evidence is null ? page : File(await EvidenceBook.WriteAsync(Shown, ct), WorkbookWriter.ContentType, EvidenceBook.FileName(Shown.Training.Today));
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
        if (Organisations.FirstOrDefault(one => one.Id == id) is not { } led)
        {
            return false;
        }

        Shown = (await read.StartAsync(id, led.Name, PortalUrls.Evidence(id), ct)) with { NeededCourses = Needed };
        return true;
    }
}
