using TrainingHub.Platform;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>How many answers one area gave in one month (or in the longer period that starts with it) about one course or from one sector.</summary>
/// <param name="Cut">The course or sector that is asked for; null when it is withheld, or nothing was asked for.</param>
/// <param name="VersionId">What was asked.</param>
internal sealed record AnswerCell(Guid? AreaId, DateOnly Month, SubmittedWithin Within, Guid? Cut, Guid VersionId, int Count)
{
    public FinancialYear Year => FinancialYear.Of(Month);

    /// <summary>The first and last day on which they may have been given.</summary>
    public (DateOnly From, DateOnly To) Days => Within switch
    {
        SubmittedWithin.Day => (Month, Month.AddMonths(1).AddDays(-1)),
        SubmittedWithin.Quarter => (Month, Month.AddMonths(3).AddDays(-1)),
        SubmittedWithin.Year => (Year.From, Year.To),
    };
}

/// <summary>
/// Which answers a report may count, so that no sequence of reports isolates fewer than <see cref="AnswerGroups.Smallest"/>. Every
/// report is a union of blocks of at least that many: an area's financial year, divided into quarters where each has enough answers
/// or none, and each of these into months likewise. So the difference of two reports is a union of blocks too. A course or a sector
/// cuts across them: it gets whole financial years only, and rounded figures (see <see cref="AnswerGroups.Rounded"/>), each block for itself.
/// </summary>
internal static class Disclosure
{
    /// <summary>Blocks to be counted, each with the cells that make it up.</summary>
    public static List<List<AnswerCell>> Blocks(IReadOnlyCollection<AnswerCell> cells, ReportFilter filter) =>
        [.. cells
            .Where(cell => filter.Area is null || cell.AreaId == filter.Area.Id)
            .GroupBy(cell => (cell.AreaId, cell.Year))
            .SelectMany(year => filter.Cut is { } cut ? OfCut([.. year], cut) : Divided([.. year], year.Key.Year.From, 12))
            .Where(block => block.TrueForAll(cell => filter.Covers(cell.Days.From, cell.Days.To)))];

    /// <summary>Whether the filter asks for answers that are in none of the blocks, wholly or in part.</summary>
    public static bool LeavesOut(IReadOnlyCollection<AnswerCell> cells, ReportFilter filter, List<List<AnswerCell>> blocks)
    {
        var counted = blocks.SelectMany(block => block).ToHashSet();
        return cells.Any(cell => !counted.Contains(cell)
            && (filter.Area is null || cell.AreaId == filter.Area.Id)
            && (filter.Cut is null || cell.Cut == filter.Cut)
            && (filter.From is null || cell.Days.To >= filter.From) && (filter.To is null || cell.Days.From <= filter.To));
    }

    /// <param name="cells">All of those months, of one area.</param>
    private static IEnumerable<List<AnswerCell>> Divided(List<AnswerCell> cells, DateOnly from, int months)
    {
        if (cells.Sum(cell => cell.Count) < AnswerGroups.Smallest)
        {
            return [];
        }

        // Those whose period is longer than a part make a part of their own.
        var length = months == 12 ? 3 : 1;
        var parts = cells
            .GroupBy(cell => MonthsOf(cell) > length ? (DateOnly?)null : PartOf(cell.Month, from, length))
            .Select(part => (From: part.Key, Cells: part.ToList()))
            .ToList();
        return months == 1 || parts.Exists(part => part.Cells.Sum(cell => cell.Count) < AnswerGroups.Smallest)
            ? [cells]
            : parts.SelectMany(part => part.From is { } start ? Divided(part.Cells, start, length) : [part.Cells]);
    }

    private static IEnumerable<List<AnswerCell>> OfCut(List<AnswerCell> year, Guid cut)
    {
        var known = year.Where(cell => cell.Cut is not null).GroupBy(cell => cell.Cut.GetValueOrDefault())
            .Select(cell => (cell.Key, Count: cell.Sum(part => part.Count))).ToList();
        var withheld = AnswerGroups.Withheld(known, withoutKey: year.Where(cell => cell.Cut is null).Sum(cell => cell.Count));
        var asked = year.Where(cell => cell.Cut == cut).ToList();
        return asked.Count == 0 || withheld.Contains(cut) ? [] : [asked];
    }

    private static int MonthsOf(AnswerCell cell) => cell.Within switch
    {
        SubmittedWithin.Day => 1,
        SubmittedWithin.Quarter => 3,
        SubmittedWithin.Year => 12,
    };

    private static DateOnly PartOf(DateOnly month, DateOnly from, int length) =>
        from.AddMonths((((month.Year - from.Year) * 12) + month.Month - from.Month) / length * length);
}
