using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Email.Pages;

/// <summary>Sends the emails that were withheld, by a button: opening the link changes nothing, since mail scanners open every link.</summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WithheldModel(NpgsqlDataSource database, TrainingHubDb db, SendWithheld send, TimeProvider clock) : PageModel
{
    /// <summary>Null when the link is not known.</summary>
    public string? Address { get; private set; }

    public int Count { get; private set; }

    public static string Path(string token) => $"/emails/{token}";

    public async Task<PageResult> OnGetAsync(string token, CancellationToken ct)
    {
        Address = await FindAsync(token, ct);
        Count = await db.OutgoingEmails.CountAsync(email => email.State == EmailState.Withheld && email.ToAddress == Address, ct);
        if (Address is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is { } address)
        {
            await send.RunAsync(address, ct);
        }

        return LocalRedirect("~" + Path(token));
    }

    private async Task<string?> FindAsync(string token, CancellationToken ct)
    {
        var offer = await SecretLink.FindAsync(database, OfferWithheld.LinkPurpose, token, clock.GetUtcNow(), ct);
        return await db.OutgoingEmails.Where(email => email.Id == offer).Select(email => email.ToAddress).FirstOrDefaultAsync(ct);
    }
}
