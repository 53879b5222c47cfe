using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>An answer that is about to be unlinked. One whose survey has closed may go with others; one that is due must go now.</summary>
internal sealed record LinkedAnswer(Guid Id, Guid AreaId, Guid CourseId, Guid SectorId, Guid VersionId, DateOnly SubmittedOn, bool IsDue)
{
    public FinancialYear Year => FinancialYear.Of(SubmittedOn);

    public DateOnly Quarter => new(SubmittedOn.Year, ((SubmittedOn.Month - 1) / 3 * 3) + 1, 1);
}

/// <summary>Answers that nothing tells apart once they are unlinked, and what they still say about who gave them. Null = withheld.</summary>
internal sealed record AnswerGroup(
    FinancialYear Year, Guid? AreaId, Guid? CourseId, DateOnly? Quarter, Guid? SectorId, IReadOnlyList<LinkedAnswer> Answers)
{
    public DateOnly SubmittedOn => Quarter ?? Year.From;

    public SubmittedWithin SubmittedWithin => Quarter is null ? SubmittedWithin.Year : SubmittedWithin.Quarter;
}

/// <summary>
/// Sorts answers to one version of a survey into groups of at least <see cref="Smallest"/> that have the same year, area, course, quarter
/// and sector, as many of these as there are enough answers for, in this order. (What was asked tells when: an invitation says so too.) What is withheld from few is withheld from some more, so that nobody
/// is found by being left over. Fewer answers than that from an area wait for others until one of them is due; then the area is
/// withheld too. Only where fewer than <see cref="Smallest"/> are left over from all areas is a group smaller.
/// </summary>
internal static class AnswerGroups
{
    public const int Smallest = 5;

    /// <summary>What figures are rounded to where a cut of answers goes across the groups, as the statistics of higher education are.</summary>
    public const int RoundedTo = 5;

    public static int Rounded(int count) => (count + (RoundedTo / 2)) / RoundedTo * RoundedTo;

    public static List<AnswerGroup> Of(IEnumerable<LinkedAnswer> answers) =>
        [.. answers.GroupBy(answer => (answer.Year, answer.VersionId)).OrderBy(year => year.Key.Year.StartsIn).ThenBy(year => year.Key.VersionId)
            .SelectMany(year => OfYear(year.Key.Year, [.. year]))];

    /// <summary>
    /// The keys of cells that may not be told apart: each has too few answers, and together they have enough, for which the smallest
    /// of the others is withheld too. What has no key counts among them.
    /// </summary>
    public static HashSet<T> Withheld<T>(IReadOnlyCollection<(T Key, int Count)> cells, int withoutKey = 0)
        where T : struct, IComparable<T>
    {
        var withheld = cells.Where(cell => cell.Count < Smallest).Select(cell => cell.Key).ToHashSet();
        var together = withoutKey + cells.Where(cell => cell.Count < Smallest).Sum(cell => cell.Count);
        foreach (var (key, count) in cells.Where(cell => cell.Count >= Smallest).OrderBy(cell => cell.Count).ThenBy(cell => cell.Key))
        {
            if (together is 0 or >= Smallest)
            {
                break;
            }

            withheld.Add(key);
            together += count;
        }

        return withheld;
    }

    private static IEnumerable<AnswerGroup> OfYear(FinancialYear year, List<LinkedAnswer> answers)
    {
        var areas = answers.GroupBy(answer => answer.AreaId).Select(area => (Id: area.Key, Answers: area.ToList())).ToList();
        var few = areas.Where(area => area.Answers.Count < Smallest && area.Answers.Exists(answer => answer.IsDue)).SelectMany(area => area.Answers).ToList();
        var groups = areas.Where(area => area.Answers.Count >= Smallest)
            .SelectMany(area => ByCourse(new AnswerGroup(year, area.Id, null, null, null, area.Answers)));
        return few.Count == 0 ? groups : groups.Append(new AnswerGroup(year, null, null, null, null, few));
    }

    private static IEnumerable<AnswerGroup> ByCourse(AnswerGroup all) =>
        Split(all, answer => answer.CourseId, (group, course) => group with { CourseId = course }, ByQuarter);

    private static IEnumerable<AnswerGroup> ByQuarter(AnswerGroup all) =>
        Split(all, answer => answer.Quarter, (group, quarter) => group with { Quarter = quarter }, BySector);

    private static IEnumerable<AnswerGroup> BySector(AnswerGroup all) =>
        Split(all, answer => answer.SectorId, (group, sector) => group with { SectorId = sector }, group => [group]);

    // What is left over may still be told apart by what comes next.
    private static IEnumerable<AnswerGroup> Split<T>(
        AnswerGroup all, Func<LinkedAnswer, T> keyOf, Func<AnswerGroup, T, AnswerGroup> named, Func<AnswerGroup, IEnumerable<AnswerGroup>> next)
        where T : struct, IComparable<T>
    {
        var cells = all.Answers.GroupBy(keyOf).ToList();
        var withheld = Withheld([.. cells.Select(cell => (cell.Key, cell.Count()))]);
        var groups = cells.Where(cell => !withheld.Contains(cell.Key)).SelectMany(cell => next(named(all with { Answers = [.. cell] }, cell.Key)));
        var rest = cells.Where(cell => withheld.Contains(cell.Key)).SelectMany(cell => cell).ToList();
        return rest.Count == 0 ? groups : groups.Concat(next(all with { Answers = rest }));
    }
}
