using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>
/// Whether a certificate counts, for whoever has its code: what stands on it, and no more. One that does not count names nobody. Codes
/// that are tried are bounded as wrong links are.
/// </summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CheckCertificateModel(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    /// <summary>As it was typed, or in the address; null asks for one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public Certificate? Certificate { get; private set; }

    /// <summary>Null when there is no such certificate, or no code yet.</summary>
    public CertificateStanding? Standing { get; private set; }
    public SiteOptions Site => site.Value;

    public static string TitleOf(CertificateStanding standing) => standing switch
    {
        CertificateStanding.Valid => "This certificate is valid",
        CertificateStanding.Expired => "This certificate has expired",
        CertificateStanding.Replaced => "This certificate has been replaced",
        CertificateStanding.Withdrawn => "This certificate has been withdrawn",
        CertificateStanding.Forgotten => "We cannot confirm this certificate",
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Code))
        {
            Code = null;
            return;
        }

        var code = Reference.Normalise(Code);
        Certificate = await db.Certificates.AsNoTracking().SingleOrDefaultAsync(one => one.Code == code, ct);
        if (Certificate is not { } found)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Standing = found.StandingOn(London.DateOf(clock.GetUtcNow()), await db.EarnedCertificates.AnyAsync(one => one.PlaceId == found.PlaceId, ct));
    }
}
