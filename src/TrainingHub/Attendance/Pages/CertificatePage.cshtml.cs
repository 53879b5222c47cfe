using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>One certificate for its holder, who opened the link in the email or is signed in with its address: to read, as a PDF file and as a badge.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CertificatePageModel(
    TrainingHubDb db, PrivateAccess access, SignedInAddress signedIn, OpenBadge badge, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    /// <summary>Null when this browser may not see it.</summary>
    public Certificate? Certificate { get; private set; }
    public CertificateStanding Standing { get; private set; }
    public QrCode Code { get; private set; } = null!;
    public string CheckUrl { get; private set; } = "";
    public bool IsSignedIn { get; private set; }

    /// <summary>The one that stands for it and that this browser may see; null when there is none.</summary>
    public Guid? Newer { get; private set; }
    public SiteOptions Site => site.Value;

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        var found = await db.Certificates.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        var email = found is null ? null : await (
            from place in db.Places
            join person in db.People on place.PersonId equals person.Id
            where place.Id == found.PlaceId
            select person.EmailKey).SingleOrDefaultAsync(ct);
        IsSignedIn = email is not null && await signedIn.IsAsync(HttpContext, email, ct);
        if (found is null || !(IsSignedIn || access.IsGranted(HttpContext, Certificate.LinkPurpose, id)))
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        Certificate = found;
        Standing = found.StandingOn(London.DateOf(clock.GetUtcNow()), await db.EarnedCertificates.AnyAsync(one => one.PlaceId == found.PlaceId, ct));
        CheckUrl = site.Value.Absolute(CertificateUrls.CheckOf(found.Code));
        Code = QrCode.Of(CheckUrl);
        if (Standing is CertificateStanding.Valid or CertificateStanding.Expired)
        {
            return await FileAsync(found, file, email, ct) ?? Page();
        }

        // Only the address tells that the newer one is the same person's.
        Newer = Standing == CertificateStanding.Replaced && IsSignedIn
            ? await db.Certificates.Where(one => one.PlaceId == found.PlaceId && one.State == CertificateState.Issued).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct)
            : null;
        return file is null ? Page() : NotFound();
    }

    private async Task<IActionResult?> FileAsync(Certificate certificate, string? file, string? email, CancellationToken ct) => (file, email) switch
    {
        (null, _) => null,
        ("pdf", _) => File(CertificatePdf.Write(certificate, new(CheckUrl)), PdfWriter.ContentType, CertificatePdf.NameOf(certificate)),
        ("badge", { } address) => File(System.Text.Encoding.ASCII.GetBytes(await badge.WriteAsync(certificate, address, ct)), OpenBadge.ContentType, $"badge-{certificate.Number}.jwt"),
        _ => NotFound(),
    };
}
