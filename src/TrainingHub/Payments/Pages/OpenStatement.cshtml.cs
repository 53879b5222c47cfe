using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>The link to a statement in an email: leads at once to an address without the secret.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenStatementModel(NpgsqlDataSource database, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (await SecretLink.OpenAsync(database, SendStatement.LinkPurpose, token, clock.GetUtcNow(), ct) is { } link)
        {
            return access.Open(HttpContext, SendStatement.LinkPurpose, link.SubjectId, link.ExpiresAt, PaymentUrls.Statement(link.SubjectId));
        }

        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
