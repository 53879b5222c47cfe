using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Applications for free places: those to decide, oldest first, with all that is needed; below, what was decided.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class FreePlaceApplicationsModel(TrainingHubDb db, DecideFreePlace decide) : PageModel
{
    private const int MostDecided = 50;
    private const int MostPending = 200;

    [BindProperty]
    [Display(Name = "Reason, as the applicant will read it"), StringLength(FreePlaceApplication.ReasonLength)]
    public string? Reason { get; set; }

    /// <summary>The application whose form was sent and came back.</summary>
    public Guid? Open { get; private set; }

    public IReadOnlyList<ApplicationRow> Pending { get; private set; } = [];
    public IReadOnlyList<ApplicationRow> Decided { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

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
        Pending = await Rows(db.FreePlaceApplications.Where(one => one.State == FreePlaceState.Pending))
            .OrderBy(row => row.AppliedAt).Take(MostPending).ToListAsync(ct);
        Decided = await Rows(db.FreePlaceApplications.Where(one => one.State != FreePlaceState.Pending))
            .OrderByDescending(row => row.DecidedAt).Take(MostDecided).ToListAsync(ct);
    }

    private IQueryable<ApplicationRow> Rows(IQueryable<FreePlaceApplication> applications) =>
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
