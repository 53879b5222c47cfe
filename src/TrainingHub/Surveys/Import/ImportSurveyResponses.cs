using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>
/// Takes answers that were given elsewhere. A row with run_reference and delegate_email is known by them and the delegate's name
/// for 90 days, whatever file it is in, and after that by all its other cells; any other row by its file as a whole. The name
/// may be left out where one person at most has the address on that date. Neither address nor name is stored.
/// </summary>
internal sealed class ImportSurveyResponses(TrainingHubDb db, TimeProvider clock) : IImport
{
    // One import of answers at a time: two of the same file must not both find nothing.
    private const long LockKey = 0x7375_7276_6579_7300;

    public static FileKind Kind => AnswerColumns.Agreed;

    public async Task<FileKind> ReadKindAsync(CancellationToken ct) => KindOf(await AskedVersions.ReadAsync(db, ct));

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AllowedAsync(CancellationToken ct)
    {
        var allowed = new Dictionary<string, IReadOnlyList<string>>
        {
            [ResponseRow.Area] = (await ReferenceNames.AreasAsync(db, ct)).All,
            [ResponseRow.Sector] = (await ReferenceNames.SectorsAsync(db, ct)).All,
        };
        var asked = (await AskedVersions.ReadAsync(db, ct)).All.SelectMany(version => version.Questions)
            .Where(question => question.Asked.Kind is QuestionKind.Scale or QuestionKind.One or QuestionKind.Several);
        foreach (var question in asked.GroupBy(question => question.Key))
        {
            allowed[question.Key] = [.. question.SelectMany(version => version.Options).OrderByDescending(option => option.IsExclusive).Select(option => option.Label).Distinct()];
        }

        return allowed;
    }

    private static FileKind KindOf(AskedVersions versions) =>
        AnswerColumns.KindOf([.. versions.All.Select(version => version.Questions.Select(question => question.Asked).ToList())]);

    public async Task<ImportOutcome> RunAsync(FileTable table, ImportRun run, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", ct);
        var reader = await ResponseReader.PrepareAsync(db, table, London.DateOf(clock.GetUtcNow()), ct);
        var rows = reader.Read(table, run.Progress);
        if (table.HasErrors)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        var now = clock.GetUtcNow();
        var news = await reader.KnownAreas.AddUsedAsync(db, rows.Select(row => (Guid?)row.AreaId), run, now, ct);
        news = [.. news, .. await reader.KnownToolkits.AddUsedAsync(db, rows.SelectMany(row => row.Answers.OptionIds), run, now, ct)];
        var outcome = await StoreAsync(rows, AnswerFile.HashOf(table, KindOf(reader.Versions)), reader, run, ct);
        run.Progress.Written = outcome.Added + outcome.Changed;
        if (!run.IsDryRun)
        {
            await transaction.CommitAsync(ct);
        }

        db.ChangeTracker.Clear();
        return outcome with { Notes = [.. news, .. outcome.Notes] };
    }

    private async Task<ImportOutcome> StoreAsync(List<ResponseRow> rows, byte[] fileHash, ResponseReader reader, ImportRun run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await KnownAnswers.ReadAsync(db, rows, fileHash, ct);
        var comments = await ReadCommentsAsync([.. known.DelegatesResponses], ct);
        var (plan, corrected, changes) = (new AnswerPlan(known, now), new List<Guid?>(), new List<CellChange>());
        reader.Courses.AddTo(db);
        foreach (var row in rows)
        {
            if (known.OfDelegate(row) is { } response)
            {
                if (Correct(response, row, [.. comments[response.Id]], reader.Asked, now) is { } differences)
                {
                    corrected.Add(response.CourseId);
                    changes.AddRange(differences);
                }
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
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CopyHistory.RunAsync(connection, HistoryOf(plan, corrected, reader.Courses.NewCourses, run, now), ct);
        await CopyAnswers.RunAsync(connection, plan.Responses, plan.Comments, plan.Imported, ct);
        return new ImportOutcome(
            [], plan.Responses.Count, corrected.Count, rows.Count - plan.Responses.Count - corrected.Count,
            [.. reader.Courses.NewCourses.Select(course => $"New course: {course.Title}."), .. plan.Notes()])
        {
            Changes = changes,
        };
    }

    /// <summary>One entry for each course, with how many answers and nothing of them.</summary>
    private static IEnumerable<HistoryEntry> HistoryOf(
        AnswerPlan plan, IReadOnlyCollection<Guid?> corrected, IEnumerable<Course> newCourses, ImportRun run, DateTimeOffset now) =>
    [
        .. newCourses.Select(course => HistoryEntry.New<Course>(course.Id, run.By, "Added", [], now, run.Source)),
        .. plan.Responses.Select(response => (response.CourseId, IsNew: true)).Concat(corrected.Select(course => (CourseId: course, IsNew: false)))
            .Where(answer => answer.CourseId is not null)
            .GroupBy(answer => answer.CourseId)
            .Select(answers => HistoryEntry.New<SurveyResponse>(
                answers.Key.GetValueOrDefault(), run.By, "Survey answers imported", [], now,
                $"{run.Source} Added: {answers.Count(answer => answer.IsNew)}. Corrected: {answers.Count(answer => !answer.IsNew)}.")),
    ];

    /// <returns>What changes; null when everything was known as it is.</returns>
    private List<CellChange>? Correct(SurveyResponse response, ResponseRow row, List<SurveyComment> earlier, Questionnaire asked, DateTimeOffset now)
    {
        var answers = AnswerChanges.Complete(row, asked, response, earlier);
        var (gone, added) = answers.Replace(earlier, response.Id, now);
        if (response.Holds(answers) && gone.Count == 0 && added.Count == 0)
        {
            return null;
        }

        List<CellChange> changes = [.. AnswerChanges.Of(row, asked, response, earlier, answers)];
        response.Correct(answers);
        db.RemoveRange(gone);
        db.AddRange(added);
        return changes;
    }

    private async Task<ILookup<Guid, SurveyComment>> ReadCommentsAsync(List<Guid> responseIds, CancellationToken ct) =>
        (await db.SurveyComments.Where(comment => comment.ResponseId != null && responseIds.Contains(comment.ResponseId.Value)).ToListAsync(ct))
        .ToLookup(comment => comment.ResponseId.GetValueOrDefault());
}
