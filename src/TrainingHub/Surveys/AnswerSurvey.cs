using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum AnswerRefusal
{
    Unknown,

    /// <summary>Closed, or withdrawn because the delegate did not attend after all.</summary>
    NotOpen,
}

/// <summary>
/// Stores or corrects the answers of one invitation: response, link, comments and invitation in one transaction, under a lock
/// on the invitation, so that a double click or a second tab corrects the first and never adds another. A text that changed is
/// read again by staff; one that raised a concern is kept.
/// </summary>
internal sealed class AnswerSurvey(TrainingHubDb db, TimeProvider clock)
{
    private sealed record Asked(
        InvitationState State, DateTimeOffset? ClosesAt, Guid RunId, Guid CourseId, Guid AreaId, Guid SectorId);

    public async Task<AnswerRefusal?> RunAsync(Guid invitationId, SurveyAnswers answers, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // One save in this transaction, or nothing: a savepoint before it would be a round trip for nothing.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var asked = await LockAsync(invitationId, ct);
        if (asked is null)
        {
            return AnswerRefusal.Unknown;
        }

        if (!SurveyInvitation.TakesAnswers(asked.State, asked.ClosesAt, now))
        {
            return AnswerRefusal.NotOpen;
        }

        if (asked.State == InvitationState.Answered)
        {
            await CorrectAsync(invitationId, answers, now, ct);
        }
        else
        {
            Add(invitationId, asked, answers, now);
            await MarkAnsweredAsync(invitationId, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    // Joins nothing that an answer writes: who waited for the lock sees the invitation anew, but other tables as they were before.
    private async Task<Asked?> LockAsync(Guid invitationId, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<AskedRow>(
            $"""
            select
                invitation.state as "State",
                invitation.closes_at as "ClosesAt",
                place.run_id as "RunId",
                run.course_id as "CourseId",
                booking.area_id as "AreaId",
                booking.sector_id as "SectorId"
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            join bookings booking on booking.id = place.booking_id
            join course_runs run on run.id = place.run_id
            where invitation.id = {invitationId}
            for no key update of invitation
            """).ToListAsync(ct);
        return rows is [var row]
            ? new Asked(Enum.Parse<InvitationState>(row.State), row.ClosesAt, row.RunId, row.CourseId, row.AreaId, row.SectorId)
            : null;
    }

    private void Add(Guid invitationId, Asked asked, SurveyAnswers answers, DateTimeOffset now)
    {
        var response = new SurveyResponse
        {
            Id = Guid.NewGuid(),
            CourseId = asked.CourseId,
            RunId = asked.RunId,
            AreaId = asked.AreaId,
            SectorId = asked.SectorId,
            SubmittedOn = London.DateOf(now),
            ConfidenceId = answers.ConfidenceId,
            KnowledgeId = answers.KnowledgeId,
            ChangedPractice = answers.ChangedPractice,
            ImpactedFamilies = answers.ImpactedFamilies,
            Recommend = answers.Recommend,
            UsesToolkits = answers.UsesToolkits,
            ToolkitIds = answers.ToolkitIds,
            Origin = ResponseOrigin.Survey,
        };
        db.Add(response);
        db.Add(new SurveyLink { InvitationId = invitationId, ResponseId = response.Id });
        db.AddRange(answers.Comments(response.Id, now));
    }

    private async Task CorrectAsync(Guid invitationId, SurveyAnswers answers, DateTimeOffset now, CancellationToken ct)
    {
        var responseId = await db.SurveyLinks
            .Where(link => link.InvitationId == invitationId)
            .Select(link => link.ResponseId)
            .SingleAsync(ct);
        var response = await db.SurveyResponses.SingleAsync(response => response.Id == responseId, ct);
        response.Correct(answers);
        var earlier = await db.SurveyComments.Where(comment => comment.ResponseId == responseId).ToListAsync(ct);
        var (gone, added) = answers.Replace(earlier, responseId, now);
        db.RemoveRange(gone);
        db.AddRange(added);
    }

    private async Task MarkAnsweredAsync(Guid invitationId, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"update survey_invitations set state = {nameof(InvitationState.Answered)}, next_reminder_at = null where id = {invitationId}", ct);

    private sealed record AskedRow(
        string State, DateTimeOffset? ClosesAt, Guid RunId, Guid CourseId, Guid AreaId, Guid SectorId);
}
