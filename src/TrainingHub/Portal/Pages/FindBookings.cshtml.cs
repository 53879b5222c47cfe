using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>Asks for an email address and has a code mailed to it. Whatever address is typed, the next page is the same.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class FindBookingsModel(SendCode send, SignedInAddress signedIn) : PageModel
{
    [BindProperty]
    [Display(Name = "Your work email address", Description = "The one that our emails about the booking went to"), DataType(DataType.EmailAddress)]
    [StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    /// <summary>Where to go on; an address of this room, else where there is something to see.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        await signedIn.FindAsync(HttpContext, ct) is null ? Page() : LocalRedirect("~" + (InPortal(To) ?? PortalUrls.Bookings));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        this.CheckAddress(nameof(Email), Email, "Enter your work email address");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await send.RunAsync(Email!, RateLimits.BucketOf(HttpContext.Connection.RemoteIpAddress), ct) is not { } asked)
        {
            ModelState.AddModelError("", "Very many codes were asked for from your network. Try again in an hour, or use the link in our email about the booking");
            return Page();
        }

        return LocalRedirect("~" + PortalUrls.Code(asked) + (InPortal(To) is { } to ? $"?to={Uri.EscapeDataString(to)}" : ""));
    }

    /// <summary>The address, if it is one of this room's pages.</summary>
    public static string? InPortal(string? path) =>
        path is not null && path.StartsWith(PortalUrls.Root, StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) ? path : null;
}
