using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// The link of an email. Lets this browser in and leads at once to an address without the secret. Opening it changes nothing,
/// however often: mail scanners open every link.
/// </summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenSurveyModel(NpgsqlDataSource database, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        var link = await SecretLink.OpenAsync(database, SurveyInvitation.LinkPurpose, token, clock.GetUtcNow(), ct);
        if (link is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, SurveyInvitation.LinkPurpose, link.SubjectId, link.ExpiresAt, SurveyUrls.Answer(link.SubjectId));
    }
}
