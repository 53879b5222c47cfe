using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>
/// Stops reminders that a certificate ends, for one person. By a POST only, so that a mail scanner stops nothing. The secret is in the
/// address, so nobody else can make a browser send it, and mail programs can do so without a cookie (RFC 8058): no antiforgery.
/// </summary>
[IgnoreAntiforgeryToken]
[TakesAnyBody]
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class StopRenewalsModel(NpgsqlDataSource database, TrainingHubDb db, StopRenewals stop, TimeProvider clock) : PageModel
{
    internal sealed record RemindedPerson(string Name, bool IsStopped);

    /// <summary>Null when the link is not known.</summary>
    public RemindedPerson? Person { get; private set; }

    // Not bound: a body that cannot be read must not hide the address.
    private string Token => RouteData.Values["token"] as string ?? "";

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } person)
        {
            await stop.RunAsync(person, ct);
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
            await stop.UndoAsync(person, ct);
        }

        return RedirectToPage(new { token = Token });
    }

    private Task<Guid?> FindAsync(CancellationToken ct) => SecretLink.FindAsync(database, StopRenewals.LinkPurpose, Token, clock.GetUtcNow(), ct);

    private async Task LoadAsync(CancellationToken ct)
    {
        var id = await FindAsync(ct);
        Person = await db.People.Where(person => person.Id == id).Select(person => new RemindedPerson(person.Name, person.RenewalsStoppedAt != null)).FirstOrDefaultAsync(ct);
        if (Person is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
