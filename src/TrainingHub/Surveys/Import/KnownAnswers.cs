using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// What is here already of a file's answers. A delegate of a date is known by key until the key is destroyed; after that their
/// answer is known by being the same in every cell. Rows without a delegate are known by the file as a whole.
/// </summary>
internal sealed class KnownAnswers
{
    private readonly Dictionary<string, SurveyResponse> byDelegate = [];
    private readonly Dictionary<AnswerContent, int> forgotten = [];
    private readonly Dictionary<AnswerContent, int> nobodys = [];

    private KnownAnswers(DateOnly? fileImportedOn) => FileImportedOn = fileImportedOn;

    /// <summary>When a file with these cells was imported before; null = never.</summary>
    public DateOnly? FileImportedOn { get; }

    /// <summary>The dates that still have answers whose delegates are no longer known and that no row of the file was taken for.</summary>
    public HashSet<Guid> RunsWithForgotten =>
        [.. forgotten.Where(answer => answer.Value > 0).Select(answer => answer.Key.RunId).OfType<Guid>()];

    public static async Task<KnownAnswers> ReadAsync(TrainingHubDb db, List<ResponseRow> rows, byte[] fileHash, CancellationToken ct)
    {
        var file = await db.AnswerFiles.AsNoTracking().SingleOrDefaultAsync(file => file.Hash == fileHash, ct);
        var known = new KnownAnswers(file?.ImportedOn);
        if (rows.Count > 0)
        {
            await known.ReadDelegatesAsync(db, rows, ct);
            await known.ReadUnknownAsync(db, rows, ct);
        }

        return known;
    }

    /// <summary>The answer of this row's delegate about this date, or null.</summary>
    public SurveyResponse? OfDelegate(ResponseRow row) =>
        row.DelegateKey is { } key ? byDelegate.GetValueOrDefault(Convert.ToHexString(key)) : null;

    public IEnumerable<Guid> DelegatesResponses => byDelegate.Values.Select(response => response.Id);

    /// <summary>True once for each answer that is the same as this row and whose delegate is no longer known.</summary>
    public bool TakeForgotten(ResponseRow row) => Take(forgotten, row);

    /// <summary>True once for each answer that is the same as this row and never had a delegate.</summary>
    public bool TakeNobodys(ResponseRow row) => Take(nobodys, row);

    private static bool Take(Dictionary<AnswerContent, int> answers, ResponseRow row)
    {
        var content = row.Content;
        var left = answers.GetValueOrDefault(content);
        if (left > 0)
        {
            answers[content] = left - 1;
        }

        return left > 0;
    }

    private async Task ReadDelegatesAsync(TrainingHubDb db, List<ResponseRow> rows, CancellationToken ct)
    {
        var keys = rows.Select(row => row.DelegateKey).OfType<byte[]>().ToList();
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

    private async Task ReadUnknownAsync(TrainingHubDb db, List<ResponseRow> rows, CancellationToken ct)
    {
        var runs = rows.Select(row => row.RunId).OfType<Guid>().Distinct().ToList();
        var (from, to) = (rows.Min(row => row.SubmittedOn), rows.Max(row => row.SubmittedOn));
        var candidates = db.SurveyResponses.AsNoTracking().Where(response => response.Origin == ResponseOrigin.Import
            && ((response.RunId != null && runs.Contains(response.RunId.Value)) || (response.SubmittedOn >= from && response.SubmittedOn <= to)));
        var texts = (await (
            from response in candidates
            join comment in db.SurveyComments on response.Id equals comment.ResponseId
            orderby comment.CreatedAt
            select new { comment.ResponseId, comment.QuestionKey, comment.Text }).ToListAsync(ct)).ToLookup(text => text.ResponseId);
        var answers = await (
            from response in candidates
            join imported in db.ImportedAnswers on response.Id equals imported.ResponseId into links
            from imported in links.DefaultIfEmpty()
            where imported == null || imported.DelegateKey == null
            select new { Response = response, HadDelegate = imported != null }).ToListAsync(ct);
        foreach (var answer in answers)
        {
            var content = AnswerContent.Of(
                answer.Response, Last(answer.Response.Id, Question.ChangedPractice), Last(answer.Response.Id, Question.ImpactedFamilies));
            var kind = answer.HadDelegate ? forgotten : nobodys;
            kind[content] = kind.GetValueOrDefault(content) + 1;
        }

        // A text that raised a concern stays beside its correction: the last one is the answer.
        string? Last(Guid response, string question) => texts[response].LastOrDefault(text => text.QuestionKey == question)?.Text;
    }
}
