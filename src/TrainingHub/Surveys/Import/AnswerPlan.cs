using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>The new answers of a file, and what a person should know before agreeing to them.</summary>
internal sealed class AnswerPlan(KnownAnswers known, DateTimeOffset now)
{
    private int nobodys;
    private int forgotten;
    private int alike;

    public List<SurveyResponse> Responses { get; } = [];
    public List<SurveyComment> Comments { get; } = [];
    public List<ImportedAnswer> Imported { get; } = [];

    /// <summary>Whether the row was imported before, or may have been, though nothing says any more whose it is.</summary>
    public bool Knows(ResponseRow row)
    {
        if (row.DelegateKey is null)
        {
            nobodys++;
            return known.FileImportedOn is not null;
        }

        var isForgotten = known.IsForgotten(row);
        forgotten += isForgotten ? 1 : 0;
        return isForgotten;
    }

    public void Add(ResponseRow row)
    {
        var response = row.NewResponse();
        Responses.Add(response);
        Comments.AddRange(row.Answers.Comments(response.Id, now));
        Imported.Add(new ImportedAnswer { ResponseId = response.Id, DelegateKey = row.DelegateKey, KnownUntil = SurveyTimes.ImportKnownUntil(now) });
        alike += row.DelegateKey is null && known.TakeNobodys(row) ? 1 : 0;
    }

    /// <summary>The file as a whole, to be remembered for its rows without a delegate; null when it is or has none.</summary>
    public AnswerFile? File(byte[] hash) =>
        nobodys > 0 && known.FileImportedOn is null ? new AnswerFile { Hash = hash, ImportedOn = London.DateOf(now) } : null;

    public IEnumerable<string> Notes()
    {
        if (nobodys > 0 && known.FileImportedOn is { } on)
        {
            yield return $"This file was imported on {London.Words(on)}. Rows without both run_reference and delegate_email are not imported again: {nobodys}.";
        }
        else if (nobodys > 0)
        {
            yield return $"Rows without both run_reference and delegate_email: {nobodys}. This file is known as a whole, so it can be imported again without harm. The same answers in another file would count twice.";
        }

        if (alike > 0)
        {
            yield return $"Rows without a delegate that are the same in every cell as an answer that is here: {alike}. If this is an earlier file that was changed, they would count twice.";
        }

        if (forgotten > 0)
        {
            yield return $"Rows left out because answers about their date were imported before and are no longer linked to anybody: {forgotten}. Who gave an imported answer is known for {SurveyTimes.ImportKnownDays} days; after that, rows that were answered before the import are not compared or added.";
        }
    }
}
