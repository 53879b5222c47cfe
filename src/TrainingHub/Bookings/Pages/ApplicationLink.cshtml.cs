using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>The link in an email about an application for free places. Changes nothing, since mail scanners open every link.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ApplicationLinkModel(NpgsqlDataSource database, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (await SecretLink.OpenAsync(database, FreePlaceApplication.LinkPurpose, token, clock.GetUtcNow(), ct) is not { } link)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, FreePlaceApplication.LinkPurpose, link.SubjectId, link.ExpiresAt, FreePlaceUrls.Application(link.SubjectId));
    }
}
