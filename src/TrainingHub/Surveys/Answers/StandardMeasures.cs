namespace TrainingHub.Surveys;

/// <summary>How many of those who were asked answered well, both to the nearest five.</summary>
/// <param name="Question">Its key.</param>
/// <param name="Count"></param>
/// <param name="Base">How many were asked.</param>
internal sealed record DateMeasure(string Question, int Count, int Base);

/// <summary>
/// The standard questions, and which answers to them are good ones: the upper half of a scale, yes, and <see cref="GoodFrom"/> or more of
/// ten. Good answers are rounded together: options that are rounded one by one and then added up would be wrong by two for each.
/// </summary>
internal static class StandardMeasures
{
    /// <summary>Of the numbers from 0 to 10.</summary>
    public const int GoodFrom = 8;

    public const string Confidence = "confidence";
    public const string Knowledge = "knowledge";
    public const string ChangedPractice = "changed_practice";
    public const string ImpactedFamilies = "impacted_families";
    public const string Recommend = "recommend";

    public static IReadOnlyList<(SurveyMoment Moment, string Question)> All { get; } =
    [
        (SurveyMoment.End, Confidence), (SurveyMoment.End, Knowledge),
        (SurveyMoment.ThreeMonths, Confidence), (SurveyMoment.ThreeMonths, Knowledge), (SurveyMoment.ThreeMonths, ChangedPractice),
        (SurveyMoment.ThreeMonths, ImpactedFamilies), (SurveyMoment.ThreeMonths, Recommend),
    ];

    /// <summary>Of each standard question that at least <see cref="AnswerGroups.Smallest"/> of these were asked as it is asked now.</summary>
    public static IEnumerable<DateMeasure> Of(SurveyMoment moment, AskedVersions versions, List<SurveyResponse> answers) =>
        from series in versions.Series()
        where !series.IsEnded && All.Contains((moment, series.Key))
        let ids = series.VersionIds
        let asked = answers.FindAll(answer => ids.Contains(answer.VersionId))
        let good = series.Asked.SelectMany(version => Good(version.Question)).Select(option => option.OptionId).ToHashSet()
        where asked.Count >= AnswerGroups.Smallest && good.Count > 0
        select new DateMeasure(series.Key, AnswerGroups.Rounded(asked.Count(answer => answer.OptionIds.Exists(good.Contains))), AnswerGroups.Rounded(asked.Count));

    private static IEnumerable<VersionOption> Good(AskedQuestion question)
    {
        List<VersionOption> own = [.. question.Own.Where(option => !option.IsExclusive)];
        return question.Asked.Kind switch
        {
            QuestionKind.Scale => own.TakeLast(own.Count / 2),
            QuestionKind.YesNo => own.Take(1),
            QuestionKind.Number => own.Where(option => int.TryParse(option.Label, out var number) && number >= GoodFrom),
            QuestionKind.Several or QuestionKind.One or QuestionKind.Text => [],
        };
    }
}
