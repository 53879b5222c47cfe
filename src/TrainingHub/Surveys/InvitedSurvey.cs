using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>What the survey page shows of one invitation. The course, area and sector are known and not asked again.</summary>
internal sealed record InvitedSurvey(
    InvitationState State,
    DateTimeOffset? SentAt,
    DateTimeOffset? ClosesAt,
    string Course,
    DateOnly AttendedOn,
    Guid AreaId,
    string Area,
    string Sector,
    Guid? ResponseId)
{
    public bool TakesAnswersAt(DateTimeOffset now) => SurveyInvitation.TakesAnswers(State, ClosesAt, now);

    public string ClosesOnWords => SentAt is { } sentAt ? London.Words(SurveyTimes.ClosesOn(sentAt)) : "";

    public static async Task<InvitedSurvey?> FindAsync(TrainingHubDb db, Guid invitationId, CancellationToken ct) =>
        await (from invitation in db.SurveyInvitations
               where invitation.Id == invitationId
               join place in db.Places on invitation.PlaceId equals place.Id
               join booking in db.Bookings on place.BookingId equals booking.Id
               join run in db.CourseRuns on place.RunId equals run.Id
               join course in db.Courses on run.CourseId equals course.Id
               join area in db.Areas on booking.AreaId equals area.Id
               join sector in db.Sectors on booking.SectorId equals sector.Id
               from link in db.SurveyLinks.Where(link => link.InvitationId == invitation.Id).DefaultIfEmpty()
               select new InvitedSurvey(
                   invitation.State, invitation.SentAt, invitation.ClosesAt, course.Title, run.RunsOn,
                   area.Id, area.LongName, sector.Name, link == null ? null : link.ResponseId))
            .FirstOrDefaultAsync(ct);

    /// <summary>The answers given before, for correction.</summary>
    public static async Task<SurveyAnswers> ReadAnswersAsync(TrainingHubDb db, Guid responseId, CancellationToken ct)
    {
        var response = await db.SurveyResponses.AsNoTracking().SingleAsync(response => response.Id == responseId, ct);
        var comments = await db.SurveyComments
            .Where(comment => comment.ResponseId == responseId)
            .OrderBy(comment => comment.State == CommentState.Concern)
            .ThenByDescending(comment => comment.CreatedAt)
            .Select(comment => new { comment.QuestionKey, comment.Text })
            .ToListAsync(ct);
        return new SurveyAnswers(
            response.ConfidenceId, response.KnowledgeId,
            response.ChangedPractice, TextOf(Question.ChangedPractice),
            response.ImpactedFamilies, TextOf(Question.ImpactedFamilies),
            response.UsesToolkits, response.ToolkitIds, response.Recommend);

        string? TextOf(string key) => comments.FirstOrDefault(comment => comment.QuestionKey == key)?.Text;
    }
}
