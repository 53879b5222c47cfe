using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// What is here already of a file's answers. A delegate of a date is known by key until the key is destroyed; after that every row
/// about the date is taken as known that may have been in the earlier file. Rows without a delegate are known by the file as a whole.
/// </summary>
internal sealed class KnownAnswers
{
    private readonly Dictionary<string, SurveyResponse> byDelegate = [];
    private readonly Dictionary<AnswerContent, int> nobodys = [];
    private Dictionary<Guid, DateOnly> unlinked = [];

    private KnownAnswers(DateOnly? fileImportedOn) => FileImportedOn = fileImportedOn;

    /// <summary>When a file with these cells was imported before; null = never.</summary>
    public DateOnly? FileImportedOn { get; }

    /// <summary>Whether the row may have been in an earlier file whose delegates are no longer known.</summary>
    public bool IsForgotten(ResponseRow row) => row.RunId is { } run && unlinked.TryGetValue(run, out var importedOn) && row.SubmittedOn <= importedOn;

    public static async Task<KnownAnswers> ReadAsync(TrainingHubDb db, List<ResponseRow> rows, byte[] fileHash, CancellationToken ct)
    {
        var file = await db.AnswerFiles.AsNoTracking().SingleOrDefaultAsync(file => file.Hash == fileHash, ct);
        var known = new KnownAnswers(file?.ImportedOn);
        if (rows.Count > 0)
        {
            await known.ReadDelegatesAsync(db, rows, ct);
            await known.ReadNobodysAsync(db, rows, ct);
            var runs = rows.Select(row => row.RunId).OfType<Guid>().Distinct().ToList();
            known.unlinked = await db.UnlinkedImports.Where(import => runs.Contains(import.RunId)).ToDictionaryAsync(import => import.RunId, import => import.ImportedOn, ct);
        }

        return known;
    }

    /// <summary>The answer of this row's delegate about this date, or null.</summary>
    public SurveyResponse? OfDelegate(ResponseRow row) =>
        row.DelegateKey is { } own
            ? new[] { own }.Concat(row.FormerKeys).Select(key => byDelegate.GetValueOrDefault(Convert.ToHexString(key))).FirstOrDefault(found => found is not null)
            : null;

    public IEnumerable<Guid> DelegatesResponses => byDelegate.Values.Select(response => response.Id);

    /// <summary>True once for each answer that is the same as this row and names no delegate.</summary>
    public bool TakeNobodys(ResponseRow row)
    {
        var content = row.Content;
        var left = nobodys.GetValueOrDefault(content);
        if (left > 0)
        {
            nobodys[content] = left - 1;
        }

        return left > 0;
    }

    private async Task ReadDelegatesAsync(TrainingHubDb db, List<ResponseRow> rows, CancellationToken ct)
    {
        var keys = rows.Select(row => row.DelegateKey).OfType<byte[]>().Concat(rows.SelectMany(row => row.FormerKeys)).ToList();
        var found = await (
            from imported in db.ImportedAnswers
            where keys.Contains(imported.DelegateKey!)
            join response in db.SurveyResponses on imported.ResponseId equals response.Id
            select new { imported.DelegateKey, Response = response }).ToListAsync(ct);
        foreach (var answer in found)
        {
            byDelegate[Convert.ToHexString(answer.DelegateKey ?? [])] = answer.Response;
        }
    }

    private async Task ReadNobodysAsync(TrainingHubDb db, List<ResponseRow> rows, CancellationToken ct)
    {
        var (first, last) = (rows.Min(row => row.SubmittedOn), rows.Max(row => row.SubmittedOn));
        var candidates =
            from imported in db.ImportedAnswers
            where imported.DelegateKey == null
            join response in db.SurveyResponses on imported.ResponseId equals response.Id
            where response.SubmittedOn >= first && response.SubmittedOn <= last
            select response;
        var texts = (await (
            from response in candidates
            join comment in db.SurveyComments on response.Id equals comment.ResponseId
            orderby comment.CreatedAt
            select new { response.Id, comment.QuestionKey, comment.Text }).ToListAsync(ct)).ToLookup(text => text.Id);
        foreach (var response in await candidates.AsNoTracking().ToListAsync(ct))
        {
            // A text that raised a concern stays beside its correction: the last one is the answer.
            var content = AnswerContent.Of(
                response, texts[response.Id].GroupBy(text => text.QuestionKey).Select(question => KeyValuePair.Create(question.Key, (string?)question.Last().Text)));
            nobodys[content] = nobodys.GetValueOrDefault(content) + 1;
        }
    }
}
