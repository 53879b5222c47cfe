using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Applications for free places: those to decide, oldest first, with all that is needed; below, what was decided.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class FreePlaceApplicationsModel(TrainingHubDb db, DecideFreePlace decide, TimeProvider clock) : PageModel
{
    public const int QueryLength = 100;
    private const int PageSize = 50;
    private const int MostPending = TickedPage.Most;

    /// <summary>Part of the organisation, the booker, their address or the booking's reference.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Of this state; null is all.</summary>
    [BindProperty(SupportsGet = true)]
    public FreePlaceState? Show { get; set; }

    /// <summary>Asked for in the financial year that begins in this year; null is all.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];

    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>Of those decided: "decided", "organisation" or "places", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public static IReadOnlyList<SelectListItem> Choices { get; } =
        [new("All", ""), .. Enum.GetValues<FreePlaceState>().Select(state => new SelectListItem(state == FreePlaceState.Pending ? "To decide" : state.ToString(), state.ToString()))];

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || Show is not null || Year is not null;

    [BindProperty]
    [Display(Name = "Reason, as the applicant will read it"), StringLength(FreePlaceApplication.ReasonLength)]
    public string? Reason { get; set; }

    /// <summary>The application whose form was sent and came back.</summary>
    public Guid? Open { get; private set; }

    public IReadOnlyList<ApplicationRow> Pending { get; private set; } = [];
    public IReadOnlyList<ApplicationRow> Decided { get; private set; } = [];

    /// <summary>How many match, of which the first are shown.</summary>
    public int PendingTotal { get; private set; }
    public int Pages { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (ListFile.IsWanted(Request))
        {
            var rows = await OldestFirst(Wanted(isPending: true)).Take(ListFile.MostRows).ToListAsync(ct);
            rows.AddRange(await Ordered(Wanted(isPending: false)).Take(ListFile.MostRows - rows.Count).ToListAsync(ct));
            return await ListFile.AnswerAsync(Request, "free-places", FileOf(rows), ct);
        }

        await ReadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken ct) =>
        Told(await decide.ApproveAsync(id, User.Actor(), ct), "Approved. The places are confirmed and the applicant is told by email.");

    public async Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken ct)
    {
        if (Reason is null)
        {
            ModelState.AddModelError(nameof(Reason), "Enter the reason for declining. The applicant is told it");
        }

        if (!ModelState.IsValid)
        {
            Open = id;
            await ReadAsync(ct);
            return Page();
        }

        return Told(
            await decide.DeclineAsync(id, Reason!, User.Actor(), ct),
            "Declined. The applicant is told why and how to pay, and the places stay held meanwhile.");
    }

    private RedirectResult Told(DecideResult result, string done)
    {
        TempData["Success"] = result switch
        {
            DecideResult.Decided => done,
            DecideResult.NotPending => "Nothing changed: this application was decided or withdrawn before.",
            DecideResult.Lapsed => "Nothing changed: the course has begun, so this application has lapsed. The places are released and the applicant is told by email.",
            DecideResult.NothingToOffer => "Nothing changed: the date has no price, so there is nothing to offer instead.",
            DecideResult.OverAllowance or DecideResult.OverBudget or DecideResult.NoPolicy => $"Nothing changed: {DecideWords.Over(result)}.",
        };
        return Redirect(BookingUrls.StaffFreePlaces);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var first = await db.FreePlaceApplications.MinAsync(one => (DateTimeOffset?)one.CreatedAt, ct);
        var (from, to) = (FinancialYear.Of(London.DateOf(first ?? clock.GetUtcNow())).StartsIn, FinancialYear.Of(Today).StartsIn);
        Years = [new("All years", ""), .. Enumerable.Range(from, to - from + 1).Reverse().Select(year => new SelectListItem($"{new FinancialYear(year)}", $"{year}"))];
        var (pending, decided) = (Wanted(isPending: true), Wanted(isPending: false));
        PendingTotal = await pending.CountAsync(ct);
        Pages = Math.Max(1, (await decided.CountAsync(ct) + PageSize - 1) / PageSize);
        Number = Math.Clamp(Number, 1, Pages);
        Pending = await OldestFirst(pending).Take(MostPending).ToListAsync(ct);
        Decided = await Ordered(decided).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
    }

    private IQueryable<ApplicationRow> Wanted(bool isPending)
    {
        var rows = ApplicationRow.Of(db, db.FreePlaceApplications
            .Where(one => (one.State == FreePlaceState.Pending) == isPending && (Show == null || one.State == Show)));
        if (Year is >= 2000 and < 2200)
        {
            var year = new FinancialYear(Year.Value);
            var (begins, ends) = (London.Instant(year.From, TimeOnly.MinValue), London.Instant(year.Next.From, TimeOnly.MinValue));
            rows = rows.Where(row => row.AppliedAt >= begins && row.AppliedAt < ends);
        }

        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } words)
        {
            return rows;
        }

        var (part, reference) = (Likeness.Part(words), Reference.Normalise(words));
        return rows.Where(row => EF.Functions.ILike(row.Organisation, part) || EF.Functions.ILike(row.Booker, part)
            || EF.Functions.ILike(row.BookerEmail, part) || row.Reference == reference);
    }

    private static IQueryable<ApplicationRow> OldestFirst(IQueryable<ApplicationRow> rows) => rows.OrderBy(row => row.DecideOn == null).ThenBy(row => row.DecideOn).ThenBy(row => row.AppliedAt).ThenBy(row => row.Id);

    private IQueryable<ApplicationRow> Ordered(IQueryable<ApplicationRow> rows) => (Sort switch
    {
        "decided" => rows.OrderBy(row => row.DecidedAt),
        "organisation" => rows.OrderBy(row => row.Organisation),
        "-organisation" => rows.OrderByDescending(row => row.Organisation),
        "places" => rows.OrderBy(row => row.Places),
        "-places" => rows.OrderByDescending(row => row.Places),
        _ => rows.OrderByDescending(row => row.DecidedAt),
    }).ThenBy(row => row.Id);

    private static TextTable FileOf(IEnumerable<ApplicationRow> rows) => new(
        [
            "organisation", "kind", "registered_number", "about", "places", "dates", "applied_on", "decide_by", "documents", "state", "decided_on", "decided_by", "rule", "reason", "booking", "booking_state",
            "booked_by", "email",
        ],
        [.. rows.Select(row => new[]
        {
            row.Organisation, row.Kind, row.RegisteredNumber ?? "", row.About, row.Places.ToString(CultureInfo.InvariantCulture),
            string.Join("; ", row.Dates.Select(date => $"{date.Course}, {date.When}")), Day(row.AppliedAt), row.DecideOn?.ToString("O", CultureInfo.InvariantCulture) ?? "", row.Documents.ToString(CultureInfo.InvariantCulture),
            row.State.ToString(), Day(row.DecidedAt),
            row.State == FreePlaceState.Pending ? "" : row.By, DeclineWords.Of(row.Rule) ?? "", row.Reason ?? "", row.Reference ?? "", row.BookingState is { } state ? BookingWords.State(state) : "", row.Booker, row.BookerEmail,
        })]);

    private static string Day(DateTimeOffset? at) => at is { } instant ? London.DateOf(instant).ToString("O", CultureInfo.InvariantCulture) : "";
}
