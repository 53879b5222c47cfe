using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The venues, with where each is used.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class VenuesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;
    public const int QueryLength = 100;

    internal sealed record Row(Guid Id, string Name, string Address, StepFreeAccess? StepFree, int Coming, DateOnly? NextOn);

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"archived", else those in use.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public bool AreArchived => Show == "archived";

    public bool IsFiltered => Q is not null || AreArchived;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var venues = db.Venues.AsNoTracking().Where(venue => venue.ArchivedAt != null == AreArchived);
        if (Q is { Length: <= QueryLength } words)
        {
            var part = Likeness.Part(words);
            venues = venues.Where(venue => EF.Functions.ILike(venue.Name, part) || EF.Functions.ILike(venue.FullAddress, part));
        }

        Rows = await venues
            .OrderBy(venue => venue.Name).ThenBy(venue => venue.Id).Take(Most)
            .Select(venue => new Row(
                venue.Id, venue.Name, venue.FullAddress, venue.StepFree,
                DateLines.Coming(db, now).Count(run => run.VenueId == venue.Id),
                DateLines.Coming(db, now).Where(run => run.VenueId == venue.Id).Min(run => (DateOnly?)run.RunsOn)))
            .ToListAsync(ct);
    }
}
