using System.Globalization;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>An application as its lists and its page show it; with its booking, when it came with one.</summary>
internal sealed record ApplicationRow
{
    public required Guid Id { get; init; }
    public required FreePlaceState State { get; init; }
    public required FreePlaceApplicant Applicant { get; init; }
    public required string Organisation { get; init; }
    public required string? RegisteredNumber { get; init; }
    public required int? TurnoverPounds { get; init; }
    public required string About { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
    public required DateOnly? DecideOn { get; init; }
    public required string? Question { get; init; }
    public required DateTimeOffset? AskedAt { get; init; }
    public required string? Answer { get; init; }
    public required DateTimeOffset? AnsweredAt { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required string? DecidedBy { get; init; }
    public required DeclinedRule? Rule { get; init; }
    public required string? Reason { get; init; }
    public required Guid? AwardId { get; init; }

    /// <summary>Of its booking; null when it came without one.</summary>
    public required string? Reference { get; init; }
    public required string Booker { get; init; }
    public required string BookerEmail { get; init; }
    public required BookingState? BookingState { get; init; }
    public required Guid? OrganisationId { get; init; }
    public required int Places { get; init; }
    public required IReadOnlyList<ApplicationDate> Dates { get; init; }

    /// <summary>Under the organisation's name, in whatever year.</summary>
    public required int EarlierFreePlaces { get; init; }
    public required int Documents { get; init; }

    public static IQueryable<ApplicationRow> Of(TrainingHubDb db, IQueryable<FreePlaceApplication> applications) =>
        from application in applications
        join booked in db.Bookings on application.Id equals booked.FreePlaceApplicationId into bookings
        from booking in bookings.DefaultIfEmpty()
        select new ApplicationRow
        {
            Id = application.Id,
            State = application.State,
            Applicant = application.Applicant,
            Organisation = application.OrganisationName,
            RegisteredNumber = application.RegisteredNumber,
            TurnoverPounds = application.TurnoverPounds,
            About = application.About,
            AppliedAt = application.CreatedAt,
            DecideOn = application.DecideOn,
            Question = application.Question,
            AskedAt = application.AskedAt,
            Answer = application.Answer,
            AnsweredAt = application.AnsweredAt,
            DecidedAt = application.DecidedAt,
            DecidedBy = db.Users.Where(user => user.Id == application.DecidedById).Select(user => user.Name).FirstOrDefault(),
            Rule = application.DeclinedRule,
            Reason = application.Reason,
            AwardId = application.AwardId,
            Reference = booking.Reference,
            Booker = booking.BookerName ?? application.ApplicantName ?? "",
            BookerEmail = booking.BookerEmail ?? application.ApplicantEmail ?? "",
            BookingState = booking.State,
            OrganisationId = booking.OrganisationId,
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
                    && other.PaymentMethod == PaymentMethod.FreePlace && other.State == Bookings.BookingState.Confirmed)),
            Documents = db.FreePlaceEvidence.Count(evidence => evidence.ApplicationId == application.Id),
        };

    public string Kind => Applicant switch
    {
        FreePlaceApplicant.RegisteredCharity => "Registered charity",
        FreePlaceApplicant.UnregisteredCharity => "Charity, not registered",
        FreePlaceApplicant.CommunityInterestCompany => "Community interest company",
    };

    public string KindWords => $"{Kind}{(RegisteredNumber is { } number ? $", number {number}" : ", no number given")}"
        + (TurnoverPounds is { } pounds ? $", yearly income £{pounds.ToString("N0", CultureInfo.InvariantCulture)}" : "");

    /// <summary>What it asks for.</summary>
    public string PlacesWords => Reference is null ? "The free places of the year" : Places == 1 ? "1 place" : $"{Places} places";

    /// <summary>The applicant was asked, and has not answered.</summary>
    public bool IsAsked => State == FreePlaceState.Pending && AskedAt is not null && AnsweredAt is null;

    public bool IsLateOn(DateOnly today) => State == FreePlaceState.Pending && DecideOn < today;

    /// <summary>"Approved, 3 March 2027".</summary>
    public string DecisionWords => IsAsked ? "Asked for more" : State == FreePlaceState.Pending ? "To decide"
        : State + (DecidedAt is { } at ? $", {London.Words(London.DateOf(at))}" : "");

    public string By => State == FreePlaceState.Lapsed ? "Nobody before the course began" : DecidedBy ?? "The applicant";

    /// <summary>It came with a booking, and every date of it has begun.</summary>
    public bool HasLapsed(DateTimeOffset now) => Reference is not null && Dates.All(date => date.StartsAt <= now);
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
