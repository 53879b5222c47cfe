using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>The link in an email to a member of staff: remembers in this browser what it opens and leads to the page without the secret.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ChoosePasswordLinkModel(NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid user, string token, CancellationToken ct)
    {
        var link = await SecretLink.OpenAsync(database, StaffLink.Purpose, token, clock.GetUtcNow(), ct);
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == user && one.ClosedAt == null, ct);
        if (link is null || account is null || link.SubjectId != StaffLink.SubjectOf(account))
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, StaffLink.Purpose, link.SubjectId, link.ExpiresAt, StaffLink.Page(user));
    }
}
