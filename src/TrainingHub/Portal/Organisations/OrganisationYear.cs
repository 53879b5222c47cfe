using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Portal;

/// <summary>Somebody of an organisation, with their places of a year.</summary>
internal sealed record TrainedColleague(string Name, IReadOnlyList<SeenPlace> Places);

/// <summary>A course that people of an organisation are or were booked on within a year.</summary>
internal sealed record TrainedCourse(string Title, int Attended, int Booked, int DidNotAttend);

/// <summary>
/// An organisation's financial year at once: people and courses, who came, what it costs and how many places were free. Only what was
/// booked for this organisation counts; cancelled places do not.
/// </summary>
internal sealed record OrganisationYear(FinancialYear Year, IReadOnlyList<SeenPlace> Places, DateTimeOffset Now)
{
    // More than the largest employer books within a year.
    private const int MostPlaces = 5000;

    private static readonly SeenState[] ToCome = [SeenState.Booked, SeenState.Waiting, SeenState.NotMarked];

    public static IQueryable<Booking> BookingsOf(TrainingHubDb db, Guid organisation) => db.Bookings.Where(booking => booking.OrganisationId == organisation);

    public static async Task<OrganisationYear> ReadAsync(TrainingHubDb db, Guid organisation, FinancialYear year, DateTimeOffset now, CancellationToken ct)
    {
        var dates = db.CourseRuns.Where(run => run.RunsOn >= year.From && run.RunsOn <= year.To);
        var places = await SeenPlace.Of(db, db.Places.Where(place => dates.Any(run => run.Id == place.RunId)), BookingsOf(db, organisation))
            .Take(MostPlaces).ToListAsync(ct);
        return new(year, [.. places.Where(place => place.IsLive)], now);
    }

    /// <summary>By name. Those whose names are not held any more are one.</summary>
    public IReadOnlyList<TrainedColleague> People =>
    [
        .. Places.GroupBy(place => place.PersonId ?? Guid.Empty)
            .Select(person => new TrainedColleague(person.Last().NameWords, [.. person]))
            .OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase),
    ];

    public IReadOnlyList<TrainedCourse> Courses =>
    [
        .. Places.GroupBy(place => (place.CourseId, place.Course))
            .Select(course => new TrainedCourse(course.Key.Course, Count(course, SeenState.Attended, SeenState.AttendedPart), Count(course, ToCome), Count(course, SeenState.DidNotAttend)))
            .OrderBy(course => course.Title, StringComparer.CurrentCultureIgnoreCase),
    ];

    public int PeopleCount => Places.Select(place => place.PersonId).OfType<Guid>().Distinct().Count();
    public int Attended => Count(Places, SeenState.Attended, SeenState.AttendedPart);
    public int Booked => Count(Places, ToCome);
    public int DidNotAttend => Count(Places, SeenState.DidNotAttend);
    public int FreePlaces => Places.Count(place => place is { Method: PaymentMethod.FreePlace, PlaceState: PlaceState.Confirmed });
    public int Pence => Places.Sum(place => place.ChargedPence);

    private int Count(IEnumerable<SeenPlace> places, params SeenState[] states) => places.Count(place => states.Contains(place.StateAt(Now)));
}
