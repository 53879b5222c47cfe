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

        if (!await db.SurveyLinks.AnyAsync(link => link.ResponseId == response, ct))
        {
            return await db.SurveyResponses.AnyAsync(one => one.Id == response && one.Origin == ResponseOrigin.Import, ct) ? Trace.Imported : Trace.Unlinked;
        }

        return await ReadAsync(db, concern.Id, ct) is null ? Trace.Forgotten : Trace.Traceable;
    }

    /// <returns>Null when nothing leads there.</returns>
    public static Task<Writer?> ReadAsync(TrainingHubDb db, Guid concernId, CancellationToken ct) =>
        (from concern in db.Concerns
         where concern.Id == concernId
         join link in db.SurveyLinks on concern.HeldResponseId equals link.ResponseId
         join invitation in db.SurveyInvitations on link.InvitationId equals invitation.Id
         join place in db.Places on invitation.PlaceId equals place.Id
         join booking in db.Bookings on place.BookingId equals booking.Id
         join run in db.CourseRuns on place.RunId equals run.Id
         join course in db.Courses on run.CourseId equals course.Id
         from person in db.People.Where(person => person.Id == place.PersonId).DefaultIfEmpty()
         where person != null || place.DelegateName != null
         select new Writer(person == null ? place.DelegateName! : person.Name, person == null ? null : person.Email, booking.OrganisationName, course.Title, run.RunsOn, booking.Reference))
        .FirstOrDefaultAsync(ct);
}
