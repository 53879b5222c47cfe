using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>
/// Reads answers that were given elsewhere. A row with run_reference and delegate_email is known by both for 90 days, whatever
/// file it stands in, and after that by all its other cells; any other row by its file as a whole. The address itself is never
/// stored.
/// </summary>
internal sealed class ImportSurveyResponses(TrainingHubDb db, TimeProvider clock) : IImport
{
    // One import of answers at a time: two of the same file must not both find nothing.
    private const long LockKey = 0x7375_7276_6579_7300;

    public static string Kind => "survey-responses";

    public static string Title => "Survey answers";

    public static IReadOnlyList<CsvColumn> Columns => ResponseRow.Columns;

    public async Task<ImportOutcome> RunAsync(Stream file, bool dryRun, CancellationToken ct)
    {
        var table = await CsvTable.ReadAsync(file, Columns, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", ct);
        var reader = await ResponseReader.PrepareAsync(db, London.DateOf(clock.GetUtcNow()), ct);
        var rows = reader.Read(table);
        if (table.Errors.Count > 0)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        var outcome = await StoreAsync(rows, AnswerFile.HashOf(table), reader, ct);
        if (!dryRun)
        {
            await transaction.CommitAsync(ct);
        }

        db.ChangeTracker.Clear();
        return outcome;
    }

    private async Task<ImportOutcome> StoreAsync(List<ResponseRow> rows, byte[] fileHash, ResponseReader reader, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await KnownAnswers.ReadAsync(db, rows, fileHash, ct);
        var comments = await ReadCommentsAsync([.. known.DelegatesResponses], ct);
        var (plan, changed) = (new AnswerPlan(known, now), 0);
        reader.Courses.AddTo(db);
        foreach (var row in rows)
        {
            if (known.OfDelegate(row) is { } response)
            {
                changed += Correct(response, row, [.. comments[response.Id]], now) ? 1 : 0;
            }
            else if (!plan.Knows(row))
            {
                plan.Add(row);
            }
        }

        if (plan.File(fileHash) is { } file)
        {
            db.Add(file);
        }

        await db.SaveChangesAsync(ct);
        await CopyAnswers.RunAsync((NpgsqlConnection)db.Database.GetDbConnection(), plan.Responses, plan.Comments, plan.Imported, ct);
        return new ImportOutcome(
            [], plan.Responses.Count, changed, rows.Count - plan.Responses.Count - changed,
            [.. reader.Courses.NewCourses.Select(course => $"New course: {course.Title}."), .. plan.Notes()]);
    }

    /// <returns>False when everything was known as it is.</returns>
    private bool Correct(SurveyResponse response, ResponseRow row, List<SurveyComment> earlier, DateTimeOffset now)
    {
        var (gone, added) = row.Answers.Replace(earlier, response.Id, now);
        if (response.Holds(row.Answers) && gone.Count == 0 && added.Count == 0)
        {
            return false;
        }

        response.Correct(row.Answers);
        db.RemoveRange(gone);
        db.AddRange(added);
        return true;
    }

    private async Task<ILookup<Guid, SurveyComment>> ReadCommentsAsync(List<Guid> responseIds, CancellationToken ct) =>
        (await db.SurveyComments.Where(comment => responseIds.Contains(comment.ResponseId)).ToListAsync(ct))
        .ToLookup(comment => comment.ResponseId);
}
