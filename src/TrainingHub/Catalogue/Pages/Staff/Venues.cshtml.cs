using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
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

    /// <summary>"name" or "coming", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public bool AreArchived => Show == "archived";

    public bool IsFiltered => Q is not null || AreArchived;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Of which the first are shown.</summary>
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var venues = db.Venues.AsNoTracking().Where(venue => venue.ArchivedAt != null == AreArchived);
        if (Q is { Length: <= QueryLength } words)
        {
            var part = Likeness.Part(words);
            venues = venues.Where(venue => EF.Functions.ILike(venue.Name, part) || EF.Functions.ILike(venue.FullAddress, part));
        }

        var rows = Ordered(await venues
            .OrderBy(venue => venue.Name).ThenBy(venue => venue.Id).Take(ListFile.MostRows)
            .Select(venue => new Row(
                venue.Id, venue.Name, venue.FullAddress, venue.StepFree,
                DateLines.Coming(db, now).Count(run => run.VenueId == venue.Id),
                DateLines.Coming(db, now).Where(run => run.VenueId == venue.Id).Min(run => (DateOnly?)run.RunsOn)))
            .ToListAsync(ct));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "venues", FileOf(rows), ct);
        }

        (Total, Rows) = (rows.Count, [.. rows.Take(Most)]);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "-name" => [.. rows.AsEnumerable().Reverse()],
        "coming" => [.. rows.OrderBy(row => row.Coming)],
        "-coming" => [.. rows.OrderByDescending(row => row.Coming)],
        _ => rows,
    };

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["venue", "address", "step_free_access", "coming_dates", "next_date"],
        [.. rows.Select(row => new[] { row.Name, row.Address, VenueFacts.WordOf(row.StepFree) ?? "", row.Coming.ToString(CultureInfo.InvariantCulture), row.NextOn?.ToString("O", CultureInfo.InvariantCulture) ?? "" })]);
}
