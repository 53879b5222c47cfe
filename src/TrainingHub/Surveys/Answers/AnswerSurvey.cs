using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

internal enum AnswerRefusal
{
    Unknown,

    /// <summary>Closed, withdrawn because the delegate did not attend after all, or sent with other questions.</summary>
    NotOpen,
}

/// <summary>
/// Stores or corrects the answers of one invitation. The first are one statement that begins with a conditional update of the
/// invitation, so that a double click or a second tab corrects the first and never adds another; the table's keys are the last
/// word. A correction locks the invitation. A text that changed is read again by staff; one that raised a concern is kept.
/// </summary>
internal sealed class AnswerSurvey(NpgsqlDataSource database, TrainingHubDb db, TimeProvider clock)
{
    private static readonly string FirstAnswers = SqlFile.Read("TrainingHub.Surveys.Sql.AnswerSurvey.sql");

    private sealed record Asked(string State, DateTimeOffset? ClosesAt, Guid? VersionId);

    /// <summary>Looks at the invitation and adds the answers in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = FirstAnswers;

    public async Task<AnswerRefusal?> RunAsync(Guid invitationId, SurveyAnswers answers, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        while (!await AddAsync(invitationId, answers, now, ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await LockAsync(invitationId, ct) is not { } asked)
            {
                return AnswerRefusal.Unknown;
            }

            var state = Enum.Parse<InvitationState>(asked.State);
            if (!SurveyInvitation.TakesAnswers(state, asked.ClosesAt, now) || asked.VersionId != answers.VersionId)
            {
                return AnswerRefusal.NotOpen;
            }

            // Else it came back to life between the two looks.
            if (state == InvitationState.Answered)
            {
                await CorrectAsync(invitationId, answers, now, ct);
                await transaction.CommitAsync(ct);
                return null;
            }
        }

        return null;
    }

    /// <returns>False when the invitation takes no first answers.</returns>
    private async Task<bool> AddAsync(Guid invitationId, SurveyAnswers answers, DateTimeOffset now, CancellationToken ct)
    {
        var responseId = Guid.NewGuid();
        var comments = answers.Comments(responseId, now).ToList();
        await using var command = database.CreateCommand(Guard);
        Add("invitation_id", NpgsqlDbType.Uuid, invitationId);
        Add("open_states", NpgsqlDbType.Array | NpgsqlDbType.Text, SurveyInvitation.OpenForFirst);
        Add("now", NpgsqlDbType.TimestampTz, now);
        Add("response_id", NpgsqlDbType.Uuid, responseId);
        Add("submitted_on", NpgsqlDbType.Date, London.DateOf(now));
        Add("version_id", NpgsqlDbType.Uuid, answers.VersionId);
        Add("option_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid, answers.OptionIds);
        Add("comment_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid, comments.ConvertAll(comment => comment.Id));
        Add("question_keys", NpgsqlDbType.Array | NpgsqlDbType.Text, comments.ConvertAll(comment => comment.QuestionKey));
        Add("texts", NpgsqlDbType.Array | NpgsqlDbType.Text, comments.ConvertAll(comment => comment.Text));
        return await command.ExecuteScalarAsync(ct) is Guid;

        void Add(string name, NpgsqlDbType type, object value) => command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
    }

    // Joins nothing that an answer writes: who waited for the lock sees the invitation anew, but other tables as they were before.
    private async Task<Asked?> LockAsync(Guid invitationId, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Asked>(
            $"""
            select state as "State", closes_at as "ClosesAt", version_id as "VersionId"
            from survey_invitations
            where id = {invitationId}
            for no key update
            """).ToListAsync(ct);
        return rows is [var row] ? row : null;
    }

    private async Task CorrectAsync(Guid invitationId, SurveyAnswers answers, DateTimeOffset now, CancellationToken ct)
    {
        var responseId = await db.Database.SqlQuery<Guid>($"select own_answer({invitationId}, {now}) as \"Value\"").SingleAsync(ct);
        var response = await db.SurveyResponses.SingleAsync(response => response.Id == responseId, ct);
        response.Correct(answers);
        var earlier = await db.SurveyComments.Where(comment => comment.ResponseId == responseId).ToListAsync(ct);
        var (gone, added) = answers.Replace(earlier, responseId, now);
        db.RemoveRange(gone);
        db.AddRange(added);
        await db.SaveChangesAsync(ct);
    }
}
