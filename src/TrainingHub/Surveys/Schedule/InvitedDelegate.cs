using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>What an email about a survey needs to know, read again just before it is added.</summary>
internal sealed record InvitedDelegate(
    Guid InvitationId,
    Guid PlaceId,
    bool Attended,
    Guid? PersonId,
    string? Email,
    string Name,
    bool SurveysStopped,
    string Course,
    DateOnly AttendedOn,
    string BookingReference)
{
    public bool CanBeWrittenTo => PersonId is not null && EmailAddress.IsValid(Email);

    public static async Task<Dictionary<Guid, InvitedDelegate>> ReadAsync(TrainingHubDb db, List<Guid> invitationIds, CancellationToken ct) =>
        await (from invitation in db.SurveyInvitations
               where invitationIds.Contains(invitation.Id)
               join place in db.Places on invitation.PlaceId equals place.Id
               join booking in db.Bookings on place.BookingId equals booking.Id
               join run in db.CourseRuns on place.RunId equals run.Id
               join course in db.Courses on run.CourseId equals course.Id
               from person in db.People.Where(person => person.Id == place.PersonId).DefaultIfEmpty()
               select new InvitedDelegate(
                   invitation.Id,
                   place.Id,
                   db.RegisterPlaces.Any(line => line.PlaceId == place.Id && line.Attended == true),
                   place.PersonId,
                   person.Email,
                   place.DelegateName ?? person.Name,
                   person.SurveysStoppedAt != null,
                   course.Title,
                   run.RunsOn,
                   booking.Reference))
            .AsNoTracking()
            .ToDictionaryAsync(invited => invited.InvitationId, ct);
}
