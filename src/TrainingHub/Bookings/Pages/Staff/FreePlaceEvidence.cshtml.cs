using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>
/// A document of an application, always as a download: it came from a visitor. Should a browser show it all the same, it is in a sandbox that
/// runs nothing and asks for nothing (OWASP ASVS 5.0, 5.4).
/// </summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class FreePlaceEvidenceModel(TrainingHubDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.FreePlaceEvidence.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct) is not { } evidence)
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        Response.Headers.CacheControl = "no-store";
        return File(evidence.Content, CheckedFile.ContentType(evidence.Kind), evidence.FileName);
    }
}
