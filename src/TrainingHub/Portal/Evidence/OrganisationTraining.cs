using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Portal;

/// <summary>How far a course that somebody attended still holds.</summary>
internal enum Standing
{
    Valid,

    /// <summary>Within <see cref="SeenCertificate.SoonDays"/> days.</summary>
    EndsSoon,
    Ended,
}

/// <summary>The last time that somebody attended a course.</summary>
/// <param name="CourseId"></param>
/// <param name="LastOn"></param>
/// <param name="IsPart">They attended a part of it.</param>
/// <param name="Certificate">Its number; null when there is none in force.</param>
/// <param name="ValidUntil">Null when it has no end.</param>
internal sealed record AttendedCourse(Guid CourseId, DateOnly LastOn, bool IsPart, string? Certificate, DateOnly? ValidUntil)
{
    public Standing StandingOn(DateOnly today) => ValidUntil is not { } until ? Standing.Valid
        : until < today ? Standing.Ended
        : until <= today.AddDays(SeenCertificate.SoonDays) ? Standing.EndsSoon
        : Standing.Valid;

    public static string Words(Standing standing) => standing switch
    {
        Standing.Valid => "Valid",
        Standing.EndsSoon => "Ends soon",
        Standing.Ended => "Ended",
    };
}

/// <summary>Somebody who attended a course that was booked for an organisation.</summary>
/// <param name="Id"></param>
/// <param name="Name"></param>
/// <param name="EmailKey"></param>
/// <param name="Courses">The last attended first.</param>
internal sealed record TrainedPerson(Guid Id, string Name, string EmailKey, IReadOnlyList<AttendedCourse> Courses);

/// <param name="Id"></param>
/// <param name="Title"></param>
/// <param name="Level">Null when it has none.</param>
/// <param name="Attended">How often, for each of <see cref="OrganisationTraining.Years"/>.</param>
internal sealed record AttendedPlaces(Guid Id, string Title, string? Level, IReadOnlyList<int> Attended)
{
    public string Words => Level is null ? Title : $"{Title} ({Level})";
}

/// <summary>Every attendance that was booked for an organisation: by person, and by course, level and year. What was booked elsewhere is not in it.</summary>
/// <param name="Today"></param>
/// <param name="Years">The present financial year and the two before it, the earliest first.</param>
/// <param name="Courses">Those attended, and those that visitors can book, by level and title.</param>
/// <param name="People">By name.</param>
internal sealed record OrganisationTraining(DateOnly Today, IReadOnlyList<FinancialYear> Years, IReadOnlyList<AttendedPlaces> Courses, IReadOnlyList<TrainedPerson> People)
{
    private const int YearsShown = 3;

    // More than the largest employer has attended in ten years.
    private const int MostPlaces = 50_000;

    public static async Task<OrganisationTraining> ReadAsync(TrainingHubDb db, Guid organisation, DateTimeOffset now, CancellationToken ct)
    {
        var today = London.DateOf(now);
        var years = Enumerable.Range(1 - YearsShown, YearsShown).Select(back => FinancialYear.Of(today.AddYears(back))).ToList();
        var bookings = OrganisationYear.BookingsOf(db, organisation);
        var attended = (await SeenPlace.Of(db, db.Places.Where(place => db.RegisterPlaces.Any(line => line.PlaceId == place.Id && line.Attended == true)), bookings)
                .Take(MostPlaces).ToListAsync(ct))
            .Where(place => place.StateAt(now) is SeenState.Attended or SeenState.AttendedPart).ToList();
        var certificates = (await SeenCertificate.Of(db, db.Places.Where(place => bookings.Any(booking => booking.Id == place.BookingId))).ToListAsync(ct))
            .ToDictionary(one => one.PlaceId);
        var taken = attended.Select(place => place.CourseId).Distinct().ToList();
        var courses = await db.Courses.AsNoTracking().Where(course => taken.Contains(course.Id) || (!course.IsDraft && course.ArchivedAt == null))
            .Select(course => new { course.Id, course.Title, course.Level, course.RenewalMonths }).ToListAsync(ct);
        var renewal = courses.ToDictionary(course => course.Id, course => course.RenewalMonths);
        var ids = attended.Select(place => place.PersonId).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).Select(person => new { person.Id, person.Name, person.EmailKey }).ToListAsync(ct);
        var byPerson = attended.ToLookup(place => place.PersonId);
        return new(
            today,
            years,
            [
                .. courses.OrderBy(course => course.Level is null).ThenBy(course => course.Level, StringComparer.CurrentCulture).ThenBy(course => course.Title, StringComparer.CurrentCulture)
                    .Select(course => new AttendedPlaces(course.Id, course.Title, course.Level, [.. years.Select(year => attended.Count(place => place.CourseId == course.Id && place.Year == year))])),
            ],
            [
                .. people.OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)
                    .Select(person => new TrainedPerson(person.Id, person.Name, person.EmailKey, [.. byPerson[person.Id].GroupBy(place => place.CourseId).Select(Last).OrderByDescending(course => course.LastOn)])),
            ]);

        AttendedCourse Last(IGrouping<Guid, SeenPlace> places)
        {
            var last = places.MaxBy(place => place.EndsAt) ?? throw new InvalidOperationException("A group has a place.");
            var certificate = certificates.GetValueOrDefault(last.PlaceId);
            var ends = renewal[last.CourseId] is { } months ? London.DateOf(last.EndsAt).AddMonths(months) : (DateOnly?)null;
            return new(last.CourseId, last.RunsOn, last.StateAt(now) == SeenState.AttendedPart, certificate?.Number, certificate is null ? ends : certificate.ValidUntil);
        }
    }
}
