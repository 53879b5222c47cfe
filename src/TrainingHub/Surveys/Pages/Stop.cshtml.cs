using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
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
internal sealed class StopModel(TrainingHubDb db, StopSurveys stopSurveys, TimeProvider clock) : PageModel
{
    public bool IsKnown { get; private set; }
    public bool IsStopped { get; private set; }

    public async Task OnGetAsync(string token, CancellationToken ct) => await LoadAsync(token, ct);

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is { } person)
        {
            await stopSurveys.RunAsync(person, ct);
        }

        // A mail program wants 200 and follows no redirect (RFC 8058, 3.1).
        if (Request.HasFormContentType && Request.Form["List-Unsubscribe"] == "One-Click")
        {
            await LoadAsync(token, ct);
            return Page();
        }

        return RedirectToPage(new { token });
    }

    public async Task<IActionResult> OnPostUndoAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is { } person)
        {
            await stopSurveys.UndoAsync(person, ct);
        }

        return RedirectToPage(new { token });
    }

    private async Task<Guid?> FindAsync(string token, CancellationToken ct) =>
        await SecretLink.FindAsync(db, SurveyInvitation.StopPurpose, token, clock.GetUtcNow(), ct);

    private async Task LoadAsync(string token, CancellationToken ct)
    {
        var person = await FindAsync(token, ct);
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
