using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>The certificates of an organisation's people, of what was booked for it, and what ends when; for whoever looks after its training.</summary>
internal sealed class OrganisationCertificatesModel(TrainingHubDb db, SignedInAddress signedIn, TimeProvider clock) : SignedInPage(db, signedIn)
{
    internal const int QueryLength = 100;

    // More than the largest employer holds.
    private const int Most = 5000;

    public LedOrganisation Organisation { get; private set; } = new(Guid.Empty, "");

    /// <summary>"all", "valid", "ending" or "expired".</summary>
    [BindProperty(SupportsGet = true)]
    [Display(Name = "Show")]
    public string Show { get; set; } = "all";

    /// <summary>Part of a name or a course.</summary>
    [BindProperty(SupportsGet = true)]
    [Display(Name = "Name or course")]
    public string? Q { get; set; }

    public IReadOnlyList<SeenCertificate> Certificates { get; private set; } = [];

    /// <summary>Of all that are shown without a filter.</summary>
    public int Ending { get; private set; }
    public int Expired { get; private set; }
    public int Total { get; private set; }
    public bool IsFiltered => Show != "all" || Q is { Length: > 0 };

    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        if (Organisations.FirstOrDefault(one => one.Id == id) is not { } led)
        {
            return NotFound();
        }

        Organisation = led;
        var bookings = OrganisationYear.BookingsOf(Db, id);
        var all = await SeenCertificate.Of(Db, Db.Places.Where(place => bookings.Any(booking => booking.Id == place.BookingId))).Take(Most).ToListAsync(ct);
        (Total, Ending, Expired) = (all.Count, all.Count(one => one.EndsSoon(Today)), all.Count(one => one.IsExpiredOn(Today)));
        Certificates = [.. all.Where(IsWanted)];
        return file == "csv" ? File(FileOf().ToCsvFile(), SeenFile.ContentType, "certificates.csv") : Page();
    }

    private bool IsWanted(SeenCertificate one) => Show switch
    {
        "valid" => !one.IsExpiredOn(Today),
        "ending" => one.EndsSoon(Today),
        "expired" => one.IsExpiredOn(Today),
        _ => true,
    } && (Q?.Trim() is not { Length: > 0 and <= QueryLength } query
        || PersonKey.NameOf($"{one.Name} {one.Course}").Contains(PersonKey.NameOf(query), StringComparison.Ordinal));

    private TextTable FileOf() => new(
        ["name", "course", "dates", "part", "issued", "valid_until", "state", "number"],
        [.. Certificates.Select(one => new[]
        {
            one.Name, one.Course, string.Join("; ", one.Days.Select(day => day.ToString("O", CultureInfo.InvariantCulture))), one.IsPart ? "yes" : "no",
            London.DateOf(one.IssuedAt).ToString("O", CultureInfo.InvariantCulture), one.ValidUntil?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            one.IsExpiredOn(Today) ? "expired" : "valid", one.Number,
        })]);
}
