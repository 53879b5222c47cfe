using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages;

/// <summary>The link in an email to a provider. Changes nothing, since mail scanners open every link.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenNoticeModel(NpgsqlDataSource database, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (await SecretLink.OpenAsync(database, ProviderNotice.LinkPurpose, token, clock.GetUtcNow(), ct) is { } link)
        {
            return access.Open(HttpContext, ProviderNotice.LinkPurpose, link.SubjectId, link.ExpiresAt, LearningUrls.ProviderNotice(link.SubjectId));
        }

        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
