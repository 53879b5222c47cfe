using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// The link of an email. Lets this browser in and leads at once to an address without the secret. Opening it changes nothing,
/// however often: mail scanners open every link.
/// </summary>
[EnableRateLimiting(RateLimits.Tokens)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenSurveyModel(NpgsqlDataSource database, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        var invitation = await SecretLink.FindAsync(database, SurveyInvitation.LinkPurpose, token, clock.GetUtcNow(), ct);
        if (invitation is not { } id)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, SurveyInvitation.LinkPurpose, id, SurveyUrls.Answer(id));
    }
}
