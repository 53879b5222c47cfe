using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>How often something was said in one block of answers.</summary>
/// <param name="What">"asked": how many answered that version; "option", "course" or "sector": how many of them said which.</param>
/// <param name="Id">Of the option, course or sector; null where it is not kept.</param>
/// <param name="VersionId">Of an option and of those who were asked.</param>
/// <param name="AreaId">Where they work; null where it is not kept, and for courses and sectors.</param>
/// <param name="Block">One area's: see <see cref="Disclosure"/>.</param>
/// <param name="Count"></param>
internal sealed record RawCount(string What, Guid? Id, Guid VersionId, Guid? AreaId, int Block, int Count);

/// <summary>The counts of some blocks. Figures that are rounded are rounded block by block, whatever is added up.</summary>
internal sealed record AnswerCounts(IReadOnlyList<RawCount> All, bool IsRounded)
{
    public int Responses { get; } = Sum(All.Where(count => count.What == "asked"), IsRounded);

    public IEnumerable<RawCount> Of(string what) => All.Where(count => count.What == what);

    public int Total(IEnumerable<RawCount> counts) => Sum(counts, IsRounded);

    private static int Sum(IEnumerable<RawCount> counts, bool isRounded) => isRounded
        ? counts.GroupBy(count => count.Block).Sum(block => AnswerGroups.Rounded(block.Sum(count => count.Count)))
        : counts.Sum(count => count.Count);
}

/// <summary>The figures of one question, from the counts of all that were asked it.</summary>
internal static class QuestionAnswers
{
    /// <returns>Nothing when nobody was asked it whose answers can be shown.</returns>
    public static IEnumerable<QuestionFigures> Of(QuestionSeries series, AnswerCounts counts, ReportFilter filter)
    {
        var (latest, versions) = (series.Latest, series.VersionIds);
        List<RawCount> asked = [.. counts.Of("asked").Where(count => versions.Contains(count.VersionId))];
        List<RawCount> given = [.. counts.Of("option").Where(count => versions.Contains(count.VersionId))];
        // Who may leave a question out counts when they did not; what several may be ticked of is answered by ticking none.
        var everybody = latest.Asked.IsRequired || latest.TakesSeveral
            ? counts.Total(asked)
            : counts.Total(given.Where(count => series.Options.Any(option => option.OptionId == count.Id)));
        if (everybody == 0)
        {
            return [];
        }

        var options = series.Options.Where(BelongsHere);
        return
        [
            new(Key(series), latest.Asked.Wording, everybody, [.. options.Select(option => new AnswerCount(option.Label, counts.Total(Users(option)), Base(option)))])
            {
                TakesSeveral = latest.TakesSeveral,
                Note = series.IsEnded ? $"Asked until version {series.Asked[0].Version.Version.Number} of the survey. Not to be compared with what is asked now." : null,
            },
        ];

        // What is archived and what is another area's is listed only when somebody here chose it.
        bool BelongsHere(VersionOption option) =>
            (!option.IsArchived && (filter.Area is null || option.AreaId is null || option.AreaId == filter.Area.Id)) || Users(option).Any();

        IEnumerable<RawCount> Users(VersionOption option) => given.Where(count => count.Id == option.OptionId);

        // Who chose what was not offered to them, as a file may say, counts in its base all the same.
        int Base(VersionOption option)
        {
            if (!latest.Asked.OffersToolkits || option.IsExclusive)
            {
                return everybody;
            }

            var offering = asked.Select(count => count.AreaId).OfType<Guid>().Distinct().Where(area => latest.OptionsFor(area).Any(other => other.OptionId == option.OptionId)).ToHashSet();
            return counts.Total(asked.Where(IsOffered).Concat(Users(option).Where(user => !IsOffered(user))));

            bool IsOffered(RawCount count) => count.AreaId is { } area && offering.Contains(area);
        }
    }

    // The newest series has the key for itself, in files too.
    private static string Key(QuestionSeries series) => series.IsEnded ? $"{series.Key}_until_version_{series.Asked[0].Version.Version.Number}" : series.Key;
}
