using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>Whether something leads from a text to whoever wrote it.</summary>
internal enum Trace
{
    Traceable,

    /// <summary>It came in a file, which names nobody here.</summary>
    Imported,

    /// <summary>The answers were unlinked before the concern was raised, or after its hold was lifted.</summary>
    Unlinked,

    /// <summary>The person was forgotten before the concern was raised.</summary>
    Forgotten,
}

/// <summary>Who wrote a text, as the booking knows them.</summary>
internal sealed record Writer(string Name, string? Email, string? Organisation, string Course, DateOnly RunsOn, string Booking)
{
    public static async Task<Trace> TraceAsync(TrainingHubDb db, Concern concern, CancellationToken ct)
    {
        if (concern.HeldResponseId is not { } response)
        {
            return Trace.Unlinked;
        }

        // Asked of the role that owns the links: this program cannot read them.
        return await db.Database.SqlQuery<bool?>($"select trace_writer({concern.Id}) as \"Value\"").SingleAsync(ct) switch
        {
            true => Trace.Traceable,
            false => Trace.Forgotten,
            null => await db.SurveyResponses.AnyAsync(one => one.Id == response && one.Origin == ResponseOrigin.Import, ct) ? Trace.Imported : Trace.Unlinked,
        };
    }

    /// <param name="db"></param>
    /// <param name="placeId">As <see cref="IdentifyWriter"/> was given it.</param>
    /// <param name="ct"></param>
    /// <returns>Null when nothing leads to anybody.</returns>
    public static Task<Writer?> ReadAsync(TrainingHubDb db, Guid placeId, CancellationToken ct) =>
        (from place in db.Places
         where place.Id == placeId
         join booking in db.Bookings on place.BookingId equals booking.Id
         join run in db.CourseRuns on place.RunId equals run.Id
         join course in db.Courses on run.CourseId equals course.Id
         from person in db.People.Where(person => person.Id == place.PersonId).DefaultIfEmpty()
         where person != null || place.DelegateName != null
         select new Writer(person == null ? place.DelegateName! : person.Name, person == null ? null : person.Email, booking.OrganisationName, course.Title, run.RunsOn, booking.Reference))
        .FirstOrDefaultAsync(ct);
}
