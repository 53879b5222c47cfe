using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>A document of an application.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class FreePlaceEvidenceModel(TrainingHubDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        return await db.FreePlaceEvidence.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct) is { } evidence
            ? this.Attachment(evidence.FileName, evidence.Kind, evidence.Content)
            : NotFound();
    }
}
