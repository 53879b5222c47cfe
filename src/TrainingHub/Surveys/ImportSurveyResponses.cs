using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Csv;

namespace TrainingHub.Surveys;

/// <summary>
/// Reads answers that were given elsewhere. A row with run_reference and delegate_email is known by both, whatever file it stands
/// in; any other row by the file as a whole and its number. The address itself is never stored.
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
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(file, hash, CryptoStreamMode.Read, leaveOpen: true);
        var table = await CsvTable.ReadAsync(hashed, Columns, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", ct);
        var reader = await ResponseReader.PrepareAsync(db, London.DateOf(clock.GetUtcNow()), ct);
        var rows = reader.Read(table, hash.Hash ?? []);
        if (table.Errors.Count > 0)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        var outcome = await StoreAsync(rows, reader, ct);
        if (!dryRun)
        {
            await transaction.CommitAsync(ct);
        }

        db.ChangeTracker.Clear();
        return outcome;
    }

    private async Task<ImportOutcome> StoreAsync(List<ResponseRow> rows, ResponseReader reader, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var keys = rows.ConvertAll(row => row.ImportKey);
        var known = (await db.SurveyResponses.Where(response => keys.Contains(response.ImportKey!)).ToListAsync(ct))
            .ToDictionary(response => Convert.ToHexString(response.ImportKey ?? []));
        var comments = await ReadCommentsAsync([.. known.Values.Select(response => response.Id)], ct);
        var (added, texts, changed, unchanged) = (new List<SurveyResponse>(), new List<SurveyComment>(), 0, 0);
        db.AddRange(reader.Courses.NewCourses);
        db.AddRange(reader.Courses.NewTitles);
        foreach (var row in rows)
        {
            if (!known.TryGetValue(Convert.ToHexString(row.ImportKey), out var response))
            {
                response = New(row);
                added.Add(response);
                texts.AddRange(row.Answers.Comments(response.Id, now));
            }
            else if (Correct(response, row, [.. comments[response.Id]], now))
            {
                changed++;
            }
            else
            {
                unchanged++;
            }
        }

        await db.SaveChangesAsync(ct);
        await CopyAnswers.RunAsync((NpgsqlConnection)db.Database.GetDbConnection(), added, texts, ct);
        return new ImportOutcome([], added.Count, changed, unchanged, Notes(rows, reader));
    }

    private static List<string> Notes(List<ResponseRow> rows, ResponseReader reader)
    {
        List<string> notes = [.. reader.Courses.NewCourses.Select(course => $"New course: {course.Title}.")];
        var anonymous = rows.Count(row => !row.HasDelegate);
        if (anonymous > 0)
        {
            notes.Add($"{anonymous} of {rows.Count} rows do not have both run_reference and delegate_email. This file is known as a whole, so it can be imported again without harm; the same answers in another file would count twice.");
        }

        return notes;
    }

    private static SurveyResponse New(ResponseRow row) => new()
    {
        Id = Guid.NewGuid(),
        CourseId = row.CourseId,
        RunId = row.RunId,
        AreaId = row.AreaId,
        SectorId = row.SectorId,
        SubmittedOn = row.SubmittedOn,
        ConfidenceId = row.Answers.ConfidenceId,
        KnowledgeId = row.Answers.KnowledgeId,
        ChangedPractice = row.Answers.ChangedPractice,
        ImpactedFamilies = row.Answers.ImpactedFamilies,
        Recommend = row.Answers.Recommend,
        UsesToolkits = row.Answers.UsesToolkits,
        ToolkitIds = row.Answers.ToolkitIds,
        Origin = ResponseOrigin.Import,
        ImportKey = row.ImportKey,
    };

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
