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
internal sealed class FreePlaceApplicationsModel(TrainingHubDb db, DecideFreePlace decide) : PageModel
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

    /// <summary>Of those decided: "decided", "organisation" or "places", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public static IReadOnlyList<SelectListItem> Choices { get; } =
        [new("All", ""), .. Enum.GetValues<FreePlaceState>().Select(state => new SelectListItem(state == FreePlaceState.Pending ? "To decide" : state.ToString(), state.ToString()))];

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || Show is not null;

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
        };
        return Redirect(BookingUrls.StaffFreePlaces);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
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
        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } words)
        {
            return rows;
        }

        var (part, reference) = (Likeness.Part(words), Reference.Normalise(words));
        return rows.Where(row => EF.Functions.ILike(row.Organisation, part) || EF.Functions.ILike(row.Booker, part)
            || EF.Functions.ILike(row.BookerEmail, part) || row.Reference == reference);
    }

    private static IQueryable<ApplicationRow> OldestFirst(IQueryable<ApplicationRow> rows) => rows.OrderBy(row => row.AppliedAt).ThenBy(row => row.Id);

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
            "organisation", "kind", "registered_number", "about", "places", "dates", "applied_on", "state", "decided_on", "decided_by", "reason", "booking", "booking_state",
            "booked_by", "email",
        ],
        [.. rows.Select(row => new[]
        {
            row.Organisation, row.Kind, row.RegisteredNumber ?? "", row.About, row.Places.ToString(CultureInfo.InvariantCulture),
            string.Join("; ", row.Dates.Select(date => $"{date.Course}, {date.When}")), Day(row.AppliedAt), row.State.ToString(), Day(row.DecidedAt),
            row.State == FreePlaceState.Pending ? "" : row.By, row.Reason ?? "", row.Reference, BookingWords.State(row.BookingState), row.Booker, row.BookerEmail,
        })]);

    private static string Day(DateTimeOffset? at) => at is { } instant ? London.DateOf(instant).ToString("O", CultureInfo.InvariantCulture) : "";
}

internal sealed record ApplicationRow
{
    public required Guid Id { get; init; }
    public required FreePlaceState State { get; init; }
    public required FreePlaceApplicant Applicant { get; init; }
    public required string Organisation { get; init; }
    public required string? RegisteredNumber { get; init; }
    public required string About { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required string? DecidedBy { get; init; }
    public required string? Reason { get; init; }
    public required string Reference { get; init; }
    public required string Booker { get; init; }
    public required string BookerEmail { get; init; }
    public required BookingState BookingState { get; init; }
    public required int Places { get; init; }
    public required IReadOnlyList<ApplicationDate> Dates { get; init; }
    public required int EarlierFreePlaces { get; init; }

    public static IQueryable<ApplicationRow> Of(TrainingHubDb db, IQueryable<FreePlaceApplication> applications) =>
        from application in applications
        join booking in db.Bookings on application.Id equals booking.FreePlaceApplicationId
        select new ApplicationRow
        {
            Id = application.Id,
            State = application.State,
            Applicant = application.Applicant,
            Organisation = application.OrganisationName,
            RegisteredNumber = application.RegisteredNumber,
            About = application.About,
            AppliedAt = application.CreatedAt,
            DecidedAt = application.DecidedAt,
            DecidedBy = db.Users.Where(user => user.Id == application.DecidedById).Select(user => user.Name).FirstOrDefault(),
            Reason = application.Reason,
            Reference = booking.Reference,
            Booker = booking.BookerName ?? "",
            BookerEmail = booking.BookerEmail ?? "",
            BookingState = booking.State,
            Places = db.Places.Count(place => place.BookingId == booking.Id),
            Dates = (
                from run in db.CourseRuns
                join course in db.Courses on run.CourseId equals course.Id
                where db.Places.Any(place => place.BookingId == booking.Id && place.RunId == run.Id)
                orderby run.StartsAt, run.Id
                select new ApplicationDate(
                    course.Title, run.StartsAt, run.Capacity, run.PlacesLeft,
                    db.Places.Count(place => place.BookingId == booking.Id && place.RunId == run.Id))).ToList(),
            EarlierFreePlaces = db.LivePlaces.Count(place =>
                db.Bookings.Any(other => other.Id == place.BookingId && other.Id != booking.Id
                    && other.OrganisationId != null && other.OrganisationId == booking.OrganisationId
                    && other.PaymentMethod == PaymentMethod.FreePlace && other.State == BookingState.Confirmed)),
        };

    public string Kind => Applicant switch
    {
        FreePlaceApplicant.RegisteredCharity => "Registered charity",
        FreePlaceApplicant.UnregisteredCharity => "Charity, not registered",
        FreePlaceApplicant.CommunityInterestCompany => "Community interest company",
    };

    public string By => State == FreePlaceState.Lapsed ? "Nobody before the course began" : DecidedBy ?? "The applicant";
}

/// <param name="Course">Its title.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="Capacity">All places of the date.</param>
/// <param name="PlacesLeft">With those of the application taken off while they are held.</param>
/// <param name="Places">Of the application.</param>
internal sealed record ApplicationDate(string Course, DateTimeOffset StartsAt, int Capacity, int PlacesLeft, int Places)
{
    public string When => London.Moment(StartsAt);
}
