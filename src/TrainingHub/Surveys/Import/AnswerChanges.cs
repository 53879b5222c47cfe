using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>What a file says about an answer that is known: nothing where a cell is empty, and the differences for the preview.</summary>
internal static class AnswerChanges
{
    private const int TextShown = 80;
    private const string KeptApart = "(not shown)";

    /// <summary>The row's answers with what it leaves open filled in from the known one; "-" clears a text or the toolkits.</summary>
    public static SurveyAnswers Complete(ResponseRow row, SurveyResponse known, IReadOnlyList<SurveyComment> earlier)
    {
        var keepsToolkits = row.Answers.UsesToolkits is null && !row.Row.Clears(Question.Toolkits);
        return row.Answers with
        {
            ChangedPracticeExample = row.Answers.ChangedPracticeExample ?? Kept(ResponseRow.ChangedPracticeExample, Question.ChangedPractice),
            ImpactedFamiliesExample = row.Answers.ImpactedFamiliesExample ?? Kept(ResponseRow.ImpactedFamiliesExample, Question.ImpactedFamilies),
            UsesToolkits = keepsToolkits ? known.UsesToolkits : row.Answers.UsesToolkits,
            ToolkitIds = keepsToolkits ? known.ToolkitIds : row.Answers.ToolkitIds,
        };

        string? Kept(string column, string question) => row.Row.Clears(column) ? null : TextOf(earlier, question);
    }

    public static IEnumerable<CellChange> Of(ResponseRow row, SurveyResponse known, IReadOnlyList<SurveyComment> earlier, SurveyAnswers answers, SurveyLists lists)
    {
        (string Column, string Old, string New)[] cells =
        [
            (Question.Confidence, LabelOf(lists, known.ConfidenceId), LabelOf(lists, answers.ConfidenceId)),
            (Question.Knowledge, LabelOf(lists, known.KnowledgeId), LabelOf(lists, answers.KnowledgeId)),
            (Question.ChangedPractice, YesNo(known.ChangedPractice), YesNo(answers.ChangedPractice)),
            (ResponseRow.ChangedPracticeExample, TextOf(earlier, Question.ChangedPractice) ?? "", answers.ChangedPracticeExample ?? ""),
            (Question.ImpactedFamilies, YesNo(known.ImpactedFamilies), YesNo(answers.ImpactedFamilies)),
            (ResponseRow.ImpactedFamiliesExample, TextOf(earlier, Question.ImpactedFamilies) ?? "", answers.ImpactedFamiliesExample ?? ""),
            (Question.Toolkits, Toolkits(lists, known.UsesToolkits, known.ToolkitIds), Toolkits(lists, answers.UsesToolkits, answers.ToolkitIds)),
            (Question.Recommend, YesNo(known.Recommend), YesNo(answers.Recommend)),
        ];
        var secret = earlier.Where(comment => comment.State == CommentState.Concern).Select(comment => comment.Text).ToHashSet();
        return cells.Where(cell => cell.Old != cell.New)
            .Select(cell => new CellChange($"Row {row.Row.Number}", cell.Column, secret.Contains(cell.Old) ? KeptApart : Short(cell.Old), Short(cell.New)));
    }

    // A text that raised a concern stays beside its correction: the last one is the answer.
    private static string? TextOf(IReadOnlyList<SurveyComment> comments, string question) =>
        comments.Where(comment => comment.QuestionKey == question).OrderBy(comment => comment.CreatedAt).LastOrDefault()?.Text;

    private static string LabelOf(SurveyLists lists, Guid option) => lists.Options.Single(known => known.Id == option).Label;

    private static string YesNo(bool answer) => answer ? "Yes" : "No";

    private static string Toolkits(SurveyLists lists, bool? uses, List<Guid> used) => uses switch
    {
        null => "",
        false => ResponseReader.None,
        true => string.Join("; ", lists.Toolkits.Where(toolkit => used.Contains(toolkit.Id)).Select(toolkit => toolkit.Name)),
    };

    private static string Short(string text) => text.Length <= TextShown ? text : text[..TextShown] + "…";
}
