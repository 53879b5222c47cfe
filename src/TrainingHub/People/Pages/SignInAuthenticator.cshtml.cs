using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>At the first sign-in, after the password: an authenticator app is set up, and that signs in.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SignInAuthenticatorModel(
    SignInStep step, AddAuthenticator add, StaffSignIn door, IPersonalDataProtector secrets, IOptions<SiteOptions> site) : AuthenticatorPage(secrets, site)
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (await step.ReadAsync(HttpContext, ct) is not { } given)
        {
            return LocalRedirect("~/sign-in");
        }

        Begin(given.User);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await step.ReadAsync(HttpContext, ct) is not { User: var user } given)
        {
            return LocalRedirect("~/sign-in");
        }

        var refusal = await FinishAsync(
            user,
            key => add.FirstAsync(user.Id, key, Code, ct),
            () => door.CompleteAsync(HttpContext, user, "With a password and a new authenticator app", given.HasShortPassword, ReturnUrl, ct));
        return refusal == AuthenticatorRefusal.AlreadyThere ? LocalRedirect("~/sign-in") : Page();
    }
}
