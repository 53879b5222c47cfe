using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>One certificate as it was issued, what became of it, and the others of the same place.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class CertificateRecordModel(TrainingHubDb db, IssueCertificate issue, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    internal sealed record PlaceRow(Guid RunId, Guid? PersonId, string Reference);

    internal sealed record OtherRow(Guid Id, string Number, DateTimeOffset IssuedAt, CertificateState State);

    public Certificate Certificate { get; private set; } = null!;
    public CertificateStanding Standing { get; private set; }

    /// <summary>That the register counts the attendance, so that one can be issued.</summary>
    public bool IsEarned { get; private set; }
    public PlaceRow Place { get; private set; } = null!;

    /// <summary>Of the same place, the last first.</summary>
    public IReadOnlyList<OtherRow> Others { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public string CheckUrl => site.Value.Absolute(CertificateUrls.CheckOf(Certificate.Code));

    /// <summary>Of the place; null when none is in force.</summary>
    public Guid? InForce => Certificate.State == CertificateState.Issued ? Certificate.Id : Others.Where(one => one.State == CertificateState.Issued).Select(one => (Guid?)one.Id).FirstOrDefault();

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return file == "pdf" && Certificate.State == CertificateState.Issued
            ? File(CertificatePdf.Write(Certificate, new(CheckUrl)), PdfWriter.ContentType, CertificatePdf.NameOf(Certificate))
            : file is null ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid? seen, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        TempData["Success"] = await issue.ByHandAsync(Certificate.PlaceId, seen, User.Actor(), ct) switch
        {
            CertificateResult.Issued => "A certificate is issued, and its holder has an email.",
            CertificateResult.Replaced => "It is issued again, and its holder has an email. The former one says that it was replaced.",
            CertificateResult.NotEarned => "Nothing was issued: the register does not count the attendance.",
            CertificateResult.NotYet => "Nothing was issued: the course is not over.",
            CertificateResult.Ended or CertificateResult.Waits or CertificateResult.NothingToDo => "It was issued again before.",
        };
        var present = await db.Certificates.Where(one => one.PlaceId == Certificate.PlaceId && one.State == CertificateState.Issued).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct);
        return Redirect("~" + CertificateUrls.StaffPage(present ?? id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Certificates.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return false;
        }

        Certificate = found;
        IsEarned = await db.EarnedCertificates.AnyAsync(one => one.PlaceId == found.PlaceId, ct);
        Standing = found.StandingOn(London.DateOf(clock.GetUtcNow()), IsEarned);
        Place = await (
            from place in db.Places
            join booking in db.Bookings on place.BookingId equals booking.Id
            where place.Id == found.PlaceId
            select new PlaceRow(place.RunId, place.PersonId, booking.Reference)).SingleAsync(ct);
        Others = await db.Certificates.Where(one => one.PlaceId == found.PlaceId && one.Id != id).OrderByDescending(one => one.IssuedAt).ThenBy(one => one.Number)
            .Select(one => new OtherRow(one.Id, one.Number, one.IssuedAt, one.State)).ToListAsync(ct);
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        return true;
    }
}
