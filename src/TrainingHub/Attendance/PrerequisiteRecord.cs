using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>
/// What was said of a person and the course to take before a date, beside what the registers say, for staff alone. Read when staff look, so that
/// a course that was attended since the booking counts. A person is an address and a name: whoever came under another is not found.
/// </summary>
/// <param name="Course">The course to take before.</param>
/// <param name="Said">Null when nobody asked.</param>
/// <param name="AttendedOn">The last day on which they came to it, all or part, up to the date; null when there is none.</param>
/// <param name="BookedOn">The first date of it before this one on which they have a place; null when there is none.</param>
internal sealed record PrerequisiteRecord(string Course, PrerequisiteAnswer? Said, DateOnly? AttendedOn, DateOnly? BookedOn)
{
    /// <summary>"Said yes, with us: spring 2024. Our records: attended 12 March 2025."</summary>
    public string Words => $"{SaidWords}. Our records: {RecordWords}.";

    /// <summary>What staff have to look at: nothing here shows that they will have done it, and nobody said that they did so elsewhere. Else null.</summary>
    public string? Doubt => AttendedOn is not null || BookedOn is not null || Said?.Said == PrerequisiteSaid.Elsewhere ? null
        : Said?.Said == PrerequisiteSaid.NotYet ? "Not done"
        : "No record";

    private string SaidWords => Said is { Words: var words } ? $"Said {char.ToLowerInvariant(words[0])}{words[1..]}" : "Not asked";

    private string RecordWords => (AttendedOn, BookedOn) switch
    {
        ({ } attended, _) => $"attended {London.Words(attended)}",
        (null, { } booked) => $"booked on {London.Words(booked)}",
        (null, null) => "nothing",
    };

    /// <returns>By place; a place without a person, or on a date that asks about no course, is left out.</returns>
    public static async Task<IReadOnlyDictionary<Guid, PrerequisiteRecord>> OfAsync(TrainingHubDb db, IQueryable<Place> places, CancellationToken ct)
    {
        var found = await (
            from place in places.AsNoTracking()
            join run in db.CourseRuns on place.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            // What they were asked about stays, whatever the course asks for now.
            let asked = place.PrerequisiteId ?? (course.PrerequisiteRule == PrerequisiteRule.Shown ? null : course.PrerequisiteId)
            join before in db.Courses on asked equals before.Id
            where place.PersonId != null
            select new
            {
                place.Id,
                before.Title,
                place.PrerequisiteId,
                place.PrerequisiteSaid,
                place.PrerequisiteDetail,
                AttendedOn = (
                    from line in db.RegisterPlaces
                    join other in db.CourseRuns on line.RunId equals other.Id
                    where line.PersonId == place.PersonId && line.Attended == true && other.CourseId == before.Id && other.RunsOn <= run.RunsOn
                    select (DateOnly?)other.RunsOn).Max(),
                BookedOn = (
                    from line in db.RegisterPlaces
                    join other in db.CourseRuns on line.RunId equals other.Id
                    where line.PersonId == place.PersonId && line.Attended == null && other.CourseId == before.Id && other.StartsAt < run.StartsAt
                    select (DateOnly?)other.RunsOn).Min(),
            }).ToListAsync(ct);
        return found.ToDictionary(
            one => one.Id,
            one => new PrerequisiteRecord(one.Title, PrerequisiteAnswer.Of(one.PrerequisiteId, one.PrerequisiteSaid, one.PrerequisiteDetail), one.AttendedOn, one.BookedOn));
    }
}
