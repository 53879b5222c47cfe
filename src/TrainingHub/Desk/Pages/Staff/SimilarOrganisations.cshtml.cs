using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Organisations whose names say that they may be one. A person decides, on the preview of the merge.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class SimilarOrganisationsModel(TrainingHubDb db) : PageModel
{
    public IReadOnlyList<IReadOnlyList<SimilarOrganisations.Known>> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Groups = await SimilarOrganisations.FindAsync(db, ct);
}
