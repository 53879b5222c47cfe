using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>Signs this browser out, or every browser in which the address is signed in. This browser forgets what private links opened too.</summary>
[EnableRateLimiting(RateLimits.Forms)]
internal sealed class SignOutModel(TrainingHubDb db, SignedInAddress signedIn, PrivateAccess access) : SignedInPage(db, signedIn)
{
    private readonly SignedInAddress signedIn = signedIn;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        access.Forget(HttpContext);
        await signedIn.EndAsync(HttpContext, ct);
        return Done("You are signed out. This browser shows none of your bookings any more.");
    }

    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken ct)
    {
        access.Forget(HttpContext);
        await signedIn.EndEverywhereAsync(HttpContext, ct);
        return Done("This address is signed out in every browser.");
    }

    private LocalRedirectResult Done(string words)
    {
        TempData["Notice"] = words;
        return LocalRedirect("~" + PortalUrls.SignIn);
    }
}
