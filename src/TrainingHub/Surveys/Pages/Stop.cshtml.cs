using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// Stops survey emails by a POST only, so that a mail scanner stops nothing. The secret stands in the address, so nobody else can
/// make a browser send it, and mail programs can do so without a cookie (RFC 8058, List-Unsubscribe=One-Click): no antiforgery.
/// </summary>
[IgnoreAntiforgeryToken]
[EnableRateLimiting(RateLimits.Tokens)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class StopModel(NpgsqlDataSource database, TrainingHubDb db, StopSurveys stopSurveys, TimeProvider clock) : PageModel
{
    public bool IsKnown { get; private set; }
    public bool IsStopped { get; private set; }

    // Not bound: a body that cannot be read must not hide the address.
    private string Token => RouteData.Values["token"] as string ?? "";

    public async Task OnGetAsync(CancellationToken ct) => await LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } person)
        {
            await stopSurveys.RunAsync(person, ct);
        }

        // A mail program wants 200 and follows no redirect (RFC 8058, 3.1). A body that cannot be read comes from none of our pages.
        var isForm = Request.HasFormContentType && ModelState.IsValid;
        if (!isForm || Request.Form["List-Unsubscribe"] == "One-Click")
        {
            await LoadAsync(ct);
            return Page();
        }

        return RedirectToPage(new { token = Token });
    }

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } person)
        {
            await stopSurveys.UndoAsync(person, ct);
        }

        return RedirectToPage(new { token = Token });
    }

    private async Task<Guid?> FindAsync(CancellationToken ct) =>
        await SecretLink.FindAsync(database, SurveyInvitation.StopPurpose, Token, clock.GetUtcNow(), ct);

    private async Task LoadAsync(CancellationToken ct)
    {
        var person = await FindAsync(ct);
        var found = await db.People
            .Where(known => known.Id == person)
            .Select(known => new { known.SurveysStoppedAt })
            .FirstOrDefaultAsync(ct);
        (IsKnown, IsStopped) = (found is not null, found?.SurveysStoppedAt is not null);
        if (!IsKnown)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
