using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The cancellation policy by version: what is in force, what comes, and a new one: typed, looked at as bookers read it, added.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class CancellationPoliciesModel(TrainingHubDb db, SaveCancellationPolicy save, TimeProvider clock) : PageModel
{
    private const int MostVersions = 50;

    /// <summary>Of the course in the preview.</summary>
    private const int ExamplePence = 8200;
    private const int ExampleWeeks = 6;

    [BindProperty]
    public CancellationFacts Form { get; set; } = new();

    /// <summary>Of the version that would be added.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public IReadOnlyList<CancellationPolicy> Versions { get; private set; } = [];
    public CancellationPolicy? InForce { get; private set; }

    /// <summary>Null until it was looked at.</summary>
    public CancellationPolicy? Preview { get; private set; }

    /// <summary>Another version that begins on the same day, whose place the new one takes.</summary>
    public CancellationPolicy? Replaced { get; private set; }

    /// <summary>What a booker would read of a full-day course at £82 in six weeks.</summary>
    public IReadOnlyList<string> Example { get; private set; } = [];
    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        Form = InForce is { } policy ? CancellationFacts.Of(policy, Today.AddDays(1)) : new() { StartsOn = Today };
    }

    /// <summary>Shows how bookers would read it, and saves nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        await CheckAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (!await CheckAsync(ct))
        {
            return Page();
        }

        if (!await save.AddAsync(Form, Key, User.Actor(), ct))
        {
            ModelState.AddModelError("Form.StartsOn", "The first day must be today or later");
            return Page();
        }

        TempData["Success"] = $"The cancellation policy from {London.Words(Form.StartsOn ?? Today)} is added";
        return Redirect(CatalogueUrls.StaffCancellation);
    }

    private async Task<bool> CheckAsync(CancellationToken ct)
    {
        if (Form.StartsOn < Today)
        {
            ModelState.AddModelError("Form.StartsOn", "The first day must be today or later");
        }

        if (!ModelState.IsValid || Form.StartsOn is not { } day)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        Key = Key == Guid.Empty ? Guid.CreateVersion7(now) : Key;
        ModelState.Remove(nameof(Key));
        Preview = Form.ToPolicy(Key, now);
        Replaced = await CancellationPolicy.OfAsync(db, day, ct) is { } other && other.StartsOn == day ? other : null;
        var startsAt = London.Instant(Today.AddDays(7 * ExampleWeeks), new TimeOnly(9, 30));
        Example = CancellationWords.OfDate(CancellationTerms.Of(Preview, startsAt), new Money(ExamplePence), CourseLength.FullDay, now);
        return true;
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Versions = await db.CancellationPolicies.AsNoTracking().OrderByDescending(policy => policy.StartsOn).ThenByDescending(policy => policy.AddedAt)
            .Take(MostVersions).ToListAsync(ct);
        InForce = await CancellationPolicy.OfAsync(db, Today, ct);
    }
}
