using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>A date of the year that is copied, and what it becomes.</summary>
/// <param name="From">As it is.</param>
/// <param name="Facts">Of the copy.</param>
/// <param name="Notes">What the copy does not take over as it is, in sentences: that it moves by more than a year, and why.</param>
/// <param name="Trouble">What speaks against the proposed day, where no better was found or where it stood beside the same date this year; null when nothing does.</param>
internal sealed record PlannedCopy(DateLine From, RunFacts Facts, IReadOnlyList<string> Notes, string? Trouble)
{
    /// <summary>What it will cost; null when nothing says it. Known only when it was asked for.</summary>
    public Price? Price { get; init; }
}

/// <summary>A date that is not copied, and why, as staff read it.</summary>
internal sealed record LeftOut(DateLine Date, string Why);

/// <summary>What copying a year makes of it.</summary>
/// <param name="Year">The year that is copied.</param>
/// <param name="Dates">What will be made, in the order of the year that is copied.</param>
/// <param name="LeftOut">What will not.</param>
/// <param name="Copied">How many dates have their copy already.</param>
internal sealed record NextYearPlan(FinancialYear Year, IReadOnlyList<PlannedCopy> Dates, IReadOnlyList<LeftOut> LeftOut, int Copied)
{
    public FinancialYear Next => Year.Next;
}

/// <summary>A year that can be copied.</summary>
/// <param name="Year"></param>
/// <param name="Dates">Those that are not cancelled.</param>
/// <param name="Copied">How many of them have a copy.</param>
internal sealed record YearToCopy(FinancialYear Year, int Dates, int Copied);
