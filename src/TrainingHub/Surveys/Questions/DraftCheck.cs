namespace TrainingHub.Surveys;

internal enum DraftFault
{
    NoQuestion,

    /// <summary>Fewer than two answers to choose from.</summary>
    TooFewOptions,

    /// <summary>A question to be answered by yes or no has other than two.</summary>
    NotTwoOptions,

    /// <summary>It is to be compared with answers to a question of another kind.</summary>
    OtherKind,
}

/// <param name="Key">The question; empty for the version as a whole.</param>
/// <param name="Fault"></param>
internal sealed record DraftProblem(string Key, DraftFault Fault);

internal enum Comparison
{
    /// <summary>As it was asked before, or with other words that mean the same: answers add up.</summary>
    Comparable,

    /// <summary>The same key, marked as not to be compared.</summary>
    NotComparable,
    New,

    /// <summary>Asked before and not any more.</summary>
    Gone,
}

/// <param name="Key"></param>
/// <param name="Before">Null when it is new.</param>
/// <param name="Now">Null when it is gone.</param>
/// <param name="Comparison"></param>
/// <param name="What">What differs, in few words.</param>
internal sealed record QuestionChange(string Key, AskedQuestion? Before, AskedQuestion? Now, Comparison Comparison, IReadOnlyList<string> What);

/// <summary>What publishing a draft would change, and what is in its way. The database refuses the same.</summary>
internal static class DraftCheck
{
    /// <param name="draft"></param>
    /// <param name="earlier">All versions that were published, newest first.</param>
    public static List<DraftProblem> Problems(Questionnaire draft, IReadOnlyList<Questionnaire> earlier)
    {
        if (draft.Questions.Count == 0)
        {
            return [new("", DraftFault.NoQuestion)];
        }

        var problems = new List<DraftProblem>();
        foreach (var question in draft.Questions)
        {
            var own = question.Own.Count();
            if (question.Asked.Kind != QuestionKind.Text && !question.Asked.OffersToolkits && own < 2)
            {
                problems.Add(new(question.Key, DraftFault.TooFewOptions));
            }
            else if (question.Asked.Kind == QuestionKind.YesNo && own != 2)
            {
                problems.Add(new(question.Key, DraftFault.NotTwoOptions));
            }

            if (question.Asked.IsComparable && Before(question.Key, earlier) is { } before && before.Asked.Kind != question.Asked.Kind)
            {
                problems.Add(new(question.Key, DraftFault.OtherKind));
            }
        }

        return problems;
    }

    /// <summary>Every question of the draft and of the version that it would take over from.</summary>
    public static List<QuestionChange> Changes(Questionnaire draft, IReadOnlyList<Questionnaire> earlier)
    {
        var gone = earlier.Count == 0 ? [] : earlier[0].Questions.Where(question => draft.Find(question.Key) is null);
        return
        [
            .. draft.Questions.Select(question => Before(question.Key, earlier) is { } before
                ? new QuestionChange(question.Key, before, question, question.Asked.IsComparable ? Comparison.Comparable : Comparison.NotComparable, [.. Differences(before, question)])
                : new QuestionChange(question.Key, null, question, Comparison.New, [])),
            .. gone.Select(question => new QuestionChange(question.Key, question, null, Comparison.Gone, [])),
        ];
    }

    private static AskedQuestion? Before(string key, IReadOnlyList<Questionnaire> earlier) =>
        earlier.Select(version => version.Find(key)).FirstOrDefault(question => question is not null);

    private static IEnumerable<string> Differences(AskedQuestion before, AskedQuestion now)
    {
        (string What, object? Before, object? Now)[] facts =
        [
            ("Wording", before.Asked.Wording, now.Asked.Wording),
            ("Short words", before.Asked.ShortWording, now.Asked.ShortWording),
            ("Hint", before.Asked.Hint, now.Asked.Hint),
            ("Box for text", before.Asked.TextPrompt, now.Asked.TextPrompt),
            ("Needed or not", before.Asked.IsRequired, now.Asked.IsRequired),
            ("Level", before.Asked.Level, now.Asked.Level),
            ("Toolkits", before.Asked.OffersToolkits, now.Asked.OffersToolkits),
            ("Answers", Labels(before), Labels(now)),
        ];
        return facts.Where(fact => !Equals(fact.Before, fact.Now)).Select(fact => fact.What);
    }

    private static string Labels(AskedQuestion question) => string.Join('\n', question.Own.Select(option => option.Label));
}
