using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>All certificates, also those that do not count any more; of one date or one person when they are asked for.</summary>
[ForStaff(StaffRight.ReadBookings)]
internal sealed class CertificatesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    internal const int PageSize = 50;
    internal const int QueryLength = 100;

    /// <summary>"Ends soon" is so many days ahead.</summary>
    internal const int SoonDays = 90;

    internal sealed record Line(Certificate Certificate, CertificateStanding Standing, Guid? PersonId, Guid RunId);

    /// <summary>"all", "valid", "ending", "expired" or "ended".</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "all";

    /// <summary>A number, a code, or part of a name or a course.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Run { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    /// <summary>"issued", "name", "course" or "until", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public int Total { get; private set; }

    /// <summary>Of the one date or person; null when all are shown.</summary>
    public string? Of { get; private set; }

    /// <summary>On the one date: who attended and has none.</summary>
    public int Missing { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool IsFiltered => Q is { Length: > 0 } || Show != "all" || Run is not null || Person is not null;

    private DateOnly Today => London.DateOf(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var wanted = Wanted();
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "certificates", FileOf(await ReadAsync(Ordered(wanted).Take(ListFile.MostRows), ct)), ct);
        }

        Of = Run is { } run
            ? await BookingSummaries.RunAsync(db, run, ct) is { } date ? $"{date.Course}, {London.Words(date.RunsOn)}" : null
            : await db.People.Where(one => one.Id == Person).Select(one => one.Name).FirstOrDefaultAsync(ct);
        var now = clock.GetUtcNow();
        Missing = Run is { } asked ? await IssueCertificates.Missing(db, asked).CountAsync(earned => earned.EndsAt <= now, ct) : 0;
        Total = await wanted.CountAsync(ct);
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(Pages, 1));
        Lines = await ReadAsync(Ordered(wanted).Skip((PageNumber - 1) * PageSize).Take(PageSize), ct);
        return Page();
    }

    private IQueryable<Certificate> Wanted()
    {
        var (today, soon) = (Today, Today.AddDays(SoonDays));
        var certificates = (Show switch
        {
            "valid" => db.Certificates.Where(one => one.State == CertificateState.Issued && (one.ValidUntil == null || one.ValidUntil >= today)),
            "ending" => db.Certificates.Where(one => one.State == CertificateState.Issued && one.ValidUntil >= today && one.ValidUntil <= soon),
            "expired" => db.Certificates.Where(one => one.State == CertificateState.Issued && one.ValidUntil < today),
            "ended" => db.Certificates.Where(one => one.State != CertificateState.Issued),
            _ => db.Certificates,
        }).AsNoTracking();
        if (Run is { } run)
        {
            certificates = certificates.Where(one => db.Places.Any(place => place.Id == one.PlaceId && place.RunId == run));
        }

        if (Person is { } person)
        {
            certificates = certificates.Where(one => db.Places.Any(place => place.Id == one.PlaceId && place.PersonId == person));
        }

        return Q?.Trim() is { Length: > 0 and <= QueryLength } query ? Named(certificates, query) : certificates;
    }

    private static IQueryable<Certificate> Named(IQueryable<Certificate> certificates, string query)
    {
        var (typed, part) = (Reference.Normalise(query), PersonKey.NameOf(query));
        return certificates.Where(one => one.Number == typed || one.Code == typed
            || (part != "" && (PersonKey.OfColumn(one.PersonName).Contains(part) || PersonKey.OfColumn(one.CourseTitle).Contains(part))));
    }

    private IOrderedQueryable<Certificate> Ordered(IQueryable<Certificate> certificates) => Sort switch
    {
        "issued" => certificates.OrderBy(one => one.IssuedAt).ThenBy(one => one.Number),
        "name" => certificates.OrderBy(one => one.PersonName).ThenBy(one => one.Number),
        "-name" => certificates.OrderByDescending(one => one.PersonName).ThenBy(one => one.Number),
        "course" => certificates.OrderBy(one => one.CourseTitle).ThenBy(one => one.Number),
        "-course" => certificates.OrderByDescending(one => one.CourseTitle).ThenBy(one => one.Number),
        "until" => certificates.OrderBy(one => one.ValidUntil).ThenBy(one => one.Number),
        "-until" => certificates.OrderByDescending(one => one.ValidUntil).ThenBy(one => one.Number),
        _ => certificates.OrderByDescending(one => one.IssuedAt).ThenBy(one => one.Number),
    };

    private async Task<IReadOnlyList<Line>> ReadAsync(IQueryable<Certificate> certificates, CancellationToken ct)
    {
        var today = Today;
        var rows = await certificates.ToListAsync(ct);
        var ids = rows.ConvertAll(one => one.PlaceId);
        var places = await db.Places.Where(place => ids.Contains(place.Id)).Select(place => new { place.Id, place.PersonId, place.RunId }).ToDictionaryAsync(place => place.Id, ct);
        var earned = (await db.EarnedCertificates.Where(one => ids.Contains(one.PlaceId)).Select(one => one.PlaceId).ToListAsync(ct)).ToHashSet();
        return rows.ConvertAll(one => new Line(one, one.StandingOn(today, earned.Contains(one.PlaceId)), places[one.PlaceId].PersonId, places[one.PlaceId].RunId));
    }

    private static TextTable FileOf(IReadOnlyList<Line> lines) => new(
        ["number", "name", "course", "dates", "minutes", "part", "issued", "valid_until", "state"],
        [.. lines.Select(line => new[]
        {
            line.Certificate.Number, line.Certificate.PersonName ?? "", line.Certificate.CourseTitle,
            string.Join("; ", line.Certificate.Days.Select(day => day.ToString("O", CultureInfo.InvariantCulture))),
            line.Certificate.Minutes.ToString(CultureInfo.InvariantCulture), line.Certificate.IsPart ? "yes" : "no",
            London.DateOf(line.Certificate.IssuedAt).ToString("O", CultureInfo.InvariantCulture),
            line.Certificate.ValidUntil?.ToString("O", CultureInfo.InvariantCulture) ?? "", CertificateWords.Standing(line.Standing),
        })]);
}
