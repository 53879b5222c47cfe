using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The postcodes by which visitors find dates near them.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class PostcodeDistrictsModel(TrainingHubDb db, SaveDistricts save) : PageModel
{
    [BindProperty, Display(Name = "Postcode districts", Description = "One a line: district, town, degrees north, degrees east. For example OX1, Oxford, 51.752, -1.258")]
    public string? Lines { get; set; }

    /// <summary>As the list was when the form was opened.</summary>
    [BindProperty]
    public string? Before { get; set; }

    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Lines = Before = DistrictLines.Write(await SaveDistricts.ReadAsync(db, ct));
        await ReadHistoryAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (districts, errors) = DistrictLines.Read(Lines ?? "");
        foreach (var error in errors)
        {
            ModelState.AddModelError(nameof(Lines), error);
        }

        if (ModelState.IsValid && await save.RunAsync(Before ?? "", districts, User.Actor(), ct) == EditOutcome.ChangedSince)
        {
            ModelState.AddModelError("", "Somebody else changed the list while you had it open. Nothing of yours is saved yet. Copy your lines, then open the list again");
        }

        if (!ModelState.IsValid)
        {
            await ReadHistoryAsync(ct);
            return Page();
        }

        TempData["Success"] = "Saved";
        return Redirect(CatalogueUrls.StaffDistricts);
    }

    private async Task ReadHistoryAsync(CancellationToken ct) => History = await HistoryEntry.OfAsync<PostcodeDistrict>(db, SaveDistricts.RecordId, ct);
}
