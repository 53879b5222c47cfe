using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>The link to a certificate in an email: leads at once to an address without the secret.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenCertificateModel(NpgsqlDataSource database, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (await SecretLink.OpenAsync(database, Certificate.LinkPurpose, token, clock.GetUtcNow(), ct) is { } link)
        {
            return access.Open(HttpContext, Certificate.LinkPurpose, link.SubjectId, link.ExpiresAt, CertificateUrls.Page(link.SubjectId));
        }

        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
