using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>
/// Takes the code, on whichever device the email was opened. It looks the same for every address that is asked for here, and for none:
/// only the right code tells anything.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class EnterCodeModel(CheckCode check, SignedInAddress signedIn, TrainingHubDb db) : PageModel
{
    [BindProperty]
    [Display(Name = "Code", Description = "8 letters and figures, such as K7M2 P9QX"), StringLength(40)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Code))
        {
            ModelState.AddModelError(nameof(Code), "Enter the code");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var (email, refusal) = await check.RunAsync(id, Code!, RateLimits.BucketOf(HttpContext.Connection.RemoteIpAddress), ct);
        if (email is null)
        {
            ModelState.AddModelError(nameof(Code), WordsOf(refusal ?? CodeRefusal.NotRight));
            return Page();
        }

        await signedIn.BeginAsync(HttpContext, email, ct);
        return LocalRedirect("~" + (FindBookingsModel.InPortal(To) ?? await FirstPageAsync(email, ct)));
    }

    /// <summary>Where there is something to see: bookings, then places of one's own, then an organisation.</summary>
    private async Task<string> FirstPageAsync(string email, CancellationToken ct)
    {
        if (await db.OrganisationLeads.AnyAsync(lead => lead.Email == email && lead.AcceptedAt == null, ct)
            || await db.Bookings.AnyAsync(booking => booking.BookerEmailKey == email, ct))
        {
            return PortalUrls.Bookings;
        }

        var organisation = await db.OrganisationLeads.Where(lead => lead.Email == email).OrderBy(lead => lead.Id).Select(lead => (Guid?)lead.OrganisationId).FirstOrDefaultAsync(ct);
        return await db.People.AnyAsync(person => person.EmailKey == email, ct) ? PortalUrls.Training
            : organisation is { } id ? PortalUrls.Organisation(id)
            : PortalUrls.Bookings;
    }

    private static string WordsOf(CodeRefusal refusal) => refusal switch
    {
        CodeRefusal.NotRight => "That code is not right. Look at the newest email from us, and type it again",
        CodeRefusal.RunOut => "This page takes no code any more: the time is over, or there were too many tries. Ask for another code",
        CodeRefusal.TooMany => "There were very many wrong codes from your network. Wait 15 minutes, then try again",
    };
}
