using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>The delegate's link in an email: remembers in this browser what it opens and leads to the page without the secret.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class DelegateLinkModel(NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid place, string token, CancellationToken ct)
    {
        var link = await SecretLink.OpenAsync(database, DelegateLink.Purpose, token, clock.GetUtcNow(), ct);
        var person = await (
            from one in db.Places
            join known in db.People on one.PersonId equals known.Id
            where one.Id == place
            select new { known.EmailKey, known.NameKey }).SingleOrDefaultAsync(ct);
        if (link is null || person is null || link.SubjectId != DelegateLink.SubjectOf(place, new(person.EmailKey, person.NameKey)))
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return access.Open(HttpContext, DelegateLink.Purpose, link.SubjectId, link.ExpiresAt, BookingUrls.DelegatePage(place));
    }
}
