using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// Stops survey emails to one person, or by a button of its own to everybody at the address. By a POST only, so that a mail scanner
/// stops nothing; the one click of a mail program stops them for the one person. The secret is in the address, so nobody else can
/// make a browser send it, and mail programs can do so without a cookie (RFC 8058, List-Unsubscribe=One-Click): no antiforgery.
/// </summary>
[IgnoreAntiforgeryToken]
[TakesAnyBody]
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class StopModel(NpgsqlDataSource database, TrainingHubDb db, StopSurveys stopSurveys, WaitingCertificates certificates, TimeProvider clock) : PageModel
{
    /// <summary>Null when the link is not known.</summary>
    public StoppingPerson? Person { get; private set; }

    public bool CertificatesWait => certificates.Any;

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

    public async Task<IActionResult> OnPostEveryoneAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } person)
        {
            await stopSurveys.StopAddressAsync(person, ct);
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
        var id = await FindAsync(ct);
        if (await db.People.AsNoTracking().FirstOrDefaultAsync(person => person.Id == id, ct) is not { } found)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var others = await db.People
            .Where(other => other.EmailKey == found.EmailKey && other.Id != found.Id && db.Places.Any(place => place.PersonId == other.Id))
            .Select(other => other.SurveysStoppedAt != null)
            .ToListAsync(ct);
        Person = new(
            found.Name, found.Email, found.SurveysStoppedAt is not null,
            OthersAsked: others.Count(isStopped => !isStopped), OthersStopped: others.Count(isStopped => isStopped));
    }
}

/// <summary>Who is written to, and how many others at the same address are asked and are not.</summary>
internal sealed record StoppingPerson(string Name, string Email, bool IsStopped, int OthersAsked, int OthersStopped);
