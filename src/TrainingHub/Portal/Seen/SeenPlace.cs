using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Portal;

/// <summary>Where a place stands for whoever may see it.</summary>
internal enum SeenState
{
    /// <summary>A payment or a decision is awaited.</summary>
    Waiting,
    Booked,
    Attended,
    AttendedPart,
    DidNotAttend,

    /// <summary>The date is over, and the register says nothing yet.</summary>
    NotMarked,
    Cancelled,
}

/// <summary>One person on one date, as the booker, the delegate or a training lead sees it: never with what they need or answered.</summary>
internal sealed record SeenPlace
{
    public required Guid PlaceId { get; init; }
    public required Guid BookingId { get; init; }
    public required string Reference { get; init; }
    public required PaymentMethod Method { get; init; }
    public required Guid? OrganisationId { get; init; }
    public required Guid RunId { get; init; }
    public required Guid CourseId { get; init; }
    public required string Course { get; init; }
    public required DateOnly RunsOn { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required RunState RunState { get; init; }
    public required Guid? PersonId { get; init; }

    /// <summary>Null when it is not held any more.</summary>
    public required string? Name { get; init; }
    public required PlaceState PlaceState { get; init; }
    public required Mark? Mark { get; init; }

    /// <summary>What is charged for it, in pence: nothing while it waits and after a cancellation.</summary>
    public required int ChargedPence { get; init; }

    public string NameWords => Name ?? "Name not kept";

    public FinancialYear Year => FinancialYear.Of(RunsOn);

    public bool IsLive => Place.LiveStates.Contains(PlaceState) && RunState == RunState.Scheduled;

    public SeenState StateAt(DateTimeOffset now) => IsLive
        ? PlaceState == PlaceState.Held ? SeenState.Waiting
            : Mark is { } mark ? OfMark(mark)
            : now < EndsAt ? SeenState.Booked : SeenState.NotMarked
        : SeenState.Cancelled;

    public static string Words(SeenState state) => state switch
    {
        SeenState.Waiting => "Not confirmed yet",
        SeenState.Booked => "Booked",
        SeenState.Attended => "Attended",
        SeenState.AttendedPart => "Attended in part",
        SeenState.DidNotAttend => "Did not attend",
        SeenState.NotMarked => "Register not complete",
        SeenState.Cancelled => "Cancelled",
    };

    /// <summary>The places of these bookings, in the order of their dates, then of names.</summary>
    public static IQueryable<SeenPlace> Of(TrainingHubDb db, IQueryable<Booking> bookings) => Of(db, db.Places, bookings);

    /// <summary>Those of these places.</summary>
    public static IQueryable<SeenPlace> Of(TrainingHubDb db, IQueryable<Place> places, IQueryable<Booking> bookings) =>
        from place in places.AsNoTracking()
        join booking in bookings on place.BookingId equals booking.Id
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        orderby run.StartsAt, run.Id, place.DelegateName, place.Id
        select new SeenPlace
        {
            PlaceId = place.Id,
            BookingId = booking.Id,
            Reference = booking.Reference,
            Method = booking.PaymentMethod,
            OrganisationId = booking.OrganisationId,
            RunId = run.Id,
            CourseId = course.Id,
            Course = course.Title,
            RunsOn = run.RunsOn,
            StartsAt = run.StartsAt,
            EndsAt = run.EndsAt,
            RunState = run.State,
            PersonId = place.PersonId,
            Name = place.DelegateName,
            PlaceState = place.State,
            Mark = db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault(),
            ChargedPence = db.PlaceMoney.Where(money => money.PlaceId == place.Id).Select(money => money.ChargedPence).FirstOrDefault(),
        };

    private static SeenState OfMark(Mark mark) => mark switch
    {
        Attendance.Mark.Attended => SeenState.Attended,
        Attendance.Mark.Part => SeenState.AttendedPart,
        Attendance.Mark.Absent => SeenState.DidNotAttend,
    };
}
