using TrainingHub.Platform.Web;

namespace TrainingHub.Platform;

/// <summary>
/// Which rows are over, and what is done to them. The condition is one text for the job and for the count of what it would take: it asks
/// no clock, but the parameters @before (an instant) and @before_day (a day), before which what is over began; @other_day, the same of
/// <see cref="RetentionRule.Other"/>; and @now and @today. What an earlier rule of the same run does may not change which rows it finds.
/// </summary>
/// <param name="Table">The table, and after it a short name when the condition needs one.</param>
/// <param name="Where">The condition.</param>
/// <param name="Change">"update … set …"; null deletes the rows.</param>
internal sealed record RetentionRows(string Table, string Where, string? Change = null)
{
    /// <summary>Statements that go before, about rows of other tables; {rows} stands for the ids of those that are over.</summary>
    public IReadOnlyList<string> First { get; init; } = [];

    public IEnumerable<string> FirstStatements => First.Select(statement => statement.Replace("{rows}", $"select id from {Table} where {Where}", StringComparison.Ordinal));

    public string Statement => $"{Change ?? $"delete from {Table}"}\nwhere {Where}";

    public string CountStatement => $"select count(*)::integer from {Table} where {Where}";
}

/// <summary>
/// How long one kind of thing is kept, and what removes it: the one place that says so. The job that removes it, the privacy notice, the
/// page for staff and the verb all read it here.
/// </summary>
/// <param name="Key">Names it in the privacy notice.</param>
/// <param name="What">"Access needs".</param>
/// <param name="Why">"So that the trainer can prepare".</param>
/// <param name="Kept">How long; null without an end.</param>
/// <param name="After">What it counts from, as it follows the period: "after the course".</param>
internal sealed record RetentionRule(string Key, string What, string Why, Period? Kept, string After)
{
    /// <summary>The job that removes it; null when nothing does.</summary>
    public string? Job { get; init; }

    /// <summary>Null when the job goes by something else than one condition, or nothing removes it.</summary>
    public RetentionRows? Rows { get; init; }

    /// <summary>How many the job would take at that moment, for one without <see cref="Rows"/>: asked of the job itself.</summary>
    public Func<IServiceProvider, DateTimeOffset, CancellationToken, Task<int>>? CountAsync { get; init; }

    /// <summary>The period where the partnership settles it.</summary>
    public Func<SiteOptions, Period>? Settled { get; init; }

    /// <summary>A second period that the condition needs: of what it hangs on.</summary>
    public Period? Other { get; init; }

    /// <summary>It goes by the real time even where a tester moves the clock.</summary>
    public bool ByRealTime { get; init; }

    /// <summary>How long, of this partnership: "30 days". Empty without an end.</summary>
    public string PeriodWords(SiteOptions site) => PeriodOf(site) is { } kept ? kept.Words : "";

    /// <summary>"30 days after the course".</summary>
    public string Words(SiteOptions site) => $"{PeriodWords(site)} {After}".Trim();

    public Period? PeriodOf(SiteOptions site) => Settled?.Invoke(site) ?? Kept;
}
