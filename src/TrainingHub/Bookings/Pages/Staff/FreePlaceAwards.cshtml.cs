using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Who has free places in a year, how many are used, and what they are worth.</summary>
[ForStaff(StaffRight.ReadBookings)]
internal sealed class FreePlaceAwardsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int QueryLength = 100;
    private const int Shown = 200;

    /// <summary>Part of the organisation.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>In which the financial year begins; null is the running one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>"organisation", "used", "left" or "value", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public FinancialYear Chosen { get; private set; }
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public IReadOnlyList<AwardRow> Rows { get; private set; } = [];

    /// <summary>Of all that match, of which the first are shown.</summary>
    public int Total { get; private set; }

    /// <summary>Null while nothing has been given in it.</summary>
    public FreePlaceYear? Budget { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var running = FinancialYear.Of(London.DateOf(clock.GetUtcNow()));
        Chosen = Year is >= 2000 and < 2200 ? new(Year.Value) : running;
        var known = await db.FreePlaceYears.Select(year => year.StartsOn).ToListAsync(ct);
        Years = [.. known.Select(starts => starts.Year).Append(running.StartsIn).Distinct().OrderDescending()
            .Select(year => new SelectListItem($"{new FinancialYear(year)}", $"{year}", year == Chosen.StartsIn))];
        var rows = Wanted();
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "free-place-awards", FileOf(await Ordered(rows).Take(ListFile.MostRows).ToListAsync(ct)), ct);
        }

        Total = await rows.CountAsync(ct);
        Rows = await Ordered(rows).Take(Shown).ToListAsync(ct);
        Budget = await db.FreePlaceYears.AsNoTracking().FirstOrDefaultAsync(year => year.StartsOn == Chosen.From, ct);
        return Page();
    }

    private IQueryable<AwardRow> Wanted()
    {
        var starts = Chosen.From;
        var rows = AwardRow.Of(db, db.FreePlaceAwards.AsNoTracking().Where(award => award.YearStartsOn == starts));
        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } words)
        {
            return rows;
        }

        var part = Likeness.Part(words);
        return rows.Where(row => EF.Functions.ILike(row.Organisation, part));
    }

    private IQueryable<AwardRow> Ordered(IQueryable<AwardRow> rows) => (Sort switch
    {
        "-organisation" => rows.OrderByDescending(row => row.Organisation),
        "used" => rows.OrderBy(row => row.Used),
        "-used" => rows.OrderByDescending(row => row.Used),
        "left" => rows.OrderBy(row => row.Places - row.Used),
        "-left" => rows.OrderByDescending(row => row.Places - row.Used),
        "value" => rows.OrderBy(row => row.Pence),
        "-value" => rows.OrderByDescending(row => row.Pence),
        _ => rows.OrderBy(row => row.Organisation),
    }).ThenBy(row => row.Id);

    private static TextTable FileOf(IEnumerable<AwardRow> rows) => new(
        ["organisation", "year", "places", "used", "left", "value_pounds", "awarded_on", "book_by", "stopped_on"],
        [.. rows.Select(row => new[]
        {
            row.Organisation, $"{new FinancialYear(row.YearStartsOn.Year)}", Number(row.Places), Number(row.Used), Number(row.Places - row.Used),
            (row.Pence / 100m).ToString("0.00", CultureInfo.InvariantCulture), Day(London.DateOf(row.AwardedAt)), Day(row.ValidUntil),
            row.EndedAt is { } at ? Day(London.DateOf(at)) : "",
        })]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>An award with what it is worth: the fees that were not paid.</summary>
internal sealed record AwardRow
{
    public required Guid Id { get; init; }
    public required DateOnly YearStartsOn { get; init; }

    /// <summary>Its name of today.</summary>
    public required string Organisation { get; init; }
    public required int Places { get; init; }
    public required int Used { get; init; }
    public required int Pence { get; init; }
    public required DateTimeOffset AwardedAt { get; init; }
    public required DateOnly ValidUntil { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required Guid PolicyId { get; init; }
    /// <summary>With nought as £0: nobody reads it as a price.</summary>
    public string Value => $"£{new Money(Pence).Column}";

    public static IQueryable<AwardRow> Of(TrainingHubDb db, IQueryable<FreePlaceAward> awards) =>
        from award in awards
        select new AwardRow
        {
            Id = award.Id,
            YearStartsOn = award.YearStartsOn,
            Organisation = db.Organisations.Where(one => one.Id == award.OrganisationId).Select(one => one.Name).FirstOrDefault() ?? award.OrganisationName,
            Places = award.Places,
            Used = award.PlacesUsed,
            Pence = db.FreePlaceValues.Where(value => value.AwardId == award.Id).Sum(value => value.ForgonePence),
            AwardedAt = award.AwardedAt,
            ValidUntil = award.ValidUntil,
            EndedAt = award.EndedAt,
            PolicyId = award.PolicyId,
        };
}
