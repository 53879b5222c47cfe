using Npgsql;
using NpgsqlTypes;

namespace TrainingHub.Surveys;

/// <summary>Puts many new answers in at once, in the transaction of the connection. Measured: several times as fast as one by one.</summary>
internal static class CopyAnswers
{
    public static async Task RunAsync(
        NpgsqlConnection connection, List<SurveyResponse> responses, List<SurveyComment> comments, List<ImportedAnswer> imported, CancellationToken ct)
    {
        await CopyAsync(connection, responses, ct);
        await CopyAsync(connection, comments, ct);
        await CopyAsync(connection, imported, ct);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<SurveyResponse> responses, CancellationToken ct)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            """
            copy survey_responses (
                id, course_id, run_id, area_id, sector_id, submitted_on, version_id, option_ids, origin)
            from stdin (format binary)
            """, ct);
        foreach (var response in responses)
        {
            await rows.StartRowAsync(ct);
            await rows.WriteAsync(response.Id, ct);
            await rows.WriteAsync(response.CourseId, ct);
            await rows.WriteAsync(response.RunId, NpgsqlDbType.Uuid, ct);
            await rows.WriteAsync(response.AreaId, ct);
            await rows.WriteAsync(response.SectorId, ct);
            await rows.WriteAsync(response.SubmittedOn, ct);
            await rows.WriteAsync(response.VersionId, ct);
            await rows.WriteAsync(response.OptionIds, ct);
            await rows.WriteAsync(response.Origin.ToString(), ct);
        }

        await rows.CompleteAsync(ct);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<SurveyComment> comments, CancellationToken ct)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy survey_comments (id, response_id, version_id, question_key, text, state, created_at) from stdin (format binary)", ct);
        foreach (var comment in comments)
        {
            await rows.StartRowAsync(ct);
            await rows.WriteAsync(comment.Id, ct);
            await rows.WriteAsync(comment.ResponseId, ct);
            await rows.WriteAsync(comment.VersionId, ct);
            await rows.WriteAsync(comment.QuestionKey, ct);
            await rows.WriteAsync(comment.Text, ct);
            await rows.WriteAsync(comment.State.ToString(), ct);
            await rows.WriteAsync(comment.CreatedAt, ct);
        }

        await rows.CompleteAsync(ct);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<ImportedAnswer> imported, CancellationToken ct)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy imported_answers (response_id, delegate_key, known_until) from stdin (format binary)", ct);
        foreach (var answer in imported)
        {
            await rows.StartRowAsync(ct);
            await rows.WriteAsync(answer.ResponseId, ct);
            await rows.WriteAsync(answer.DelegateKey, NpgsqlDbType.Bytea, ct);
            await rows.WriteAsync(answer.KnownUntil, NpgsqlDbType.TimestampTz, ct);
        }

        await rows.CompleteAsync(ct);
    }
}
