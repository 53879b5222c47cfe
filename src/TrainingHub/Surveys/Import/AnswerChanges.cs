using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>What a file says about an answer that is known: nothing where a cell is empty, and the differences for the preview.</summary>
internal static class AnswerChanges
{
    private const int TextShown = 80;
    private const string KeptApart = "(not shown)";

    /// <summary>
    /// The row's answers with what it leaves open filled in from the known one; "-" clears a text, or what may be left blank. The row's
    /// version is the answer's from now on: what that one does not ask is gone.
    /// </summary>
    public static SurveyAnswers Complete(ResponseRow row, Questionnaire asked, SurveyResponse known, IReadOnlyList<SurveyComment> earlier)
    {
        var kept = asked.Questions
            .Where(question => !question.Among(row.Answers.OptionIds).Any() && !row.Row.Clears(question.Key))
            .SelectMany(question => question.Among(known.OptionIds)).Select(option => option.OptionId);
        return row.Answers with
        {
            OptionIds = [.. row.Answers.OptionIds.Concat(kept).Order()],
            Texts = asked.Questions.Where(question => question.HasText).ToDictionary(
                question => question.Key,
                question => row.Answers.Texts[question.Key] ?? (row.Row.Clears(AnswerColumns.TextOf(question.Asked)) ? null : TextOf(earlier, question.Key))),
        };
    }

    public static IEnumerable<CellChange> Of(ResponseRow row, Questionnaire asked, SurveyResponse known, IReadOnlyList<SurveyComment> earlier, SurveyAnswers answers)
    {
        var secret = earlier.Where(comment => comment.State == CommentState.Concern).Select(comment => comment.Text).ToHashSet();
        foreach (var question in asked.Questions)
        {
            if (Changed(question.Key, Labels(question, known.OptionIds), Labels(question, answers.OptionIds)) is { } chosen)
            {
                yield return chosen;
            }

            if (question.HasText && Changed(AnswerColumns.TextOf(question.Asked), TextOf(earlier, question.Key) ?? "", answers.Texts[question.Key] ?? "") is { } written)
            {
                yield return written;
            }
        }

        CellChange? Changed(string column, string old, string now) => old == now ? null : new CellChange(
            $"Row {row.Row.Number}", column, secret.Contains(old) ? KeptApart : Short(old), Short(now));
    }

    // A text that raised a concern stays beside its correction: the last one is the answer.
    private static string? TextOf(IReadOnlyList<SurveyComment> comments, string question) =>
        comments.Where(comment => comment.QuestionKey == question).OrderBy(comment => comment.CreatedAt).LastOrDefault()?.Text;

    private static string Labels(AskedQuestion question, IReadOnlyCollection<Guid> chosen) =>
        string.Join("; ", question.Among(chosen).Select(option => option.Label));

    private static string Short(string text) => text.Length <= TextShown ? text : text[..TextShown] + "…";
}
