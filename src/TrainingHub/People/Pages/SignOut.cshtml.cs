using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>
/// Signs out here and, after a work account, at its provider. The way there is a page of its own: browsers let a form lead to no other
/// site than the policy names, and a provider may lead on to further ones.
/// </summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SignOutModel(
    TrainingHubDb db, SignInManager<StaffUser> signIn, SignInHistory history, WorkAccountProvider provider, IPersonalDataProtector secrets,
    IOptions<SingleSignOnOptions> signOn, IOptions<SiteOptions> site) : PageModel
{
    /// <summary>The provider's own sign-out.</summary>
    public Uri? Onwards { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : LocalRedirect("~/sign-in");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            Onwards = await OnwardsAsync(ct);
            await history.SignedOutAsync(User.Actor(), ct);
        }

        await signIn.SignOutAsync();
        TempData["SignIn"] = "You are signed out";
        return Onwards is null ? LocalRedirect("~/sign-in") : Page();
    }

    private async Task<Uri?> OnwardsAsync(CancellationToken ct)
    {
        if (!signOn.Value.IsOn || !User.IsByWorkAccount())
        {
            return null;
        }

        var session = Base64Url.DecodeFromChars(User.SessionName());
        var token = await db.StaffSessions.Where(one => one.KeyHash == session).Select(one => one.IdToken).SingleOrDefaultAsync(ct);
        return await provider.SignOutAddressAsync(Read(token), new(WorkAccountUrls.Back(site.Value)), ct);
    }

    // Without it the provider asks whom to sign out.
    private string? Read(string? token)
    {
        try
        {
            return secrets.Unprotect(token);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
