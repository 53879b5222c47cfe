using System.Globalization;

namespace TrainingHub.Platform;

internal enum PeriodUnit
{
    Minutes,
    Hours,
    Days,
    Months,
    Years,

    /// <summary>Whole local-government years that follow the one in which it began.</summary>
    FinancialYears,
}

/// <summary>How long something is kept: said in words and as the moment before which it began when it is over, from one number.</summary>
internal readonly record struct Period(int Count, PeriodUnit Unit)
{
    public static Period Days(int count) => new(count, PeriodUnit.Days);

    public static Period Months(int count) => new(count, PeriodUnit.Months);

    public static Period Years(int count) => new(count, PeriodUnit.Years);

    public static Period FinancialYears(int count) => new(count, PeriodUnit.FinancialYears);

    /// <exception cref="ArgumentException">It is no whole number of minutes.</exception>
    public static Period Of(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } when double.IsInteger(span.TotalDays) => Days((int)span.TotalDays),
        { TotalHours: >= 1 } when double.IsInteger(span.TotalHours) => new((int)span.TotalHours, PeriodUnit.Hours),
        { TotalMinutes: >= 1 } when double.IsInteger(span.TotalMinutes) => new((int)span.TotalMinutes, PeriodUnit.Minutes),
        _ => throw new ArgumentException($"{span} is no whole number of minutes.", nameof(span)),
    };

    /// <summary>"30 days", "1 month".</summary>
    public string Words => $"{Count.ToString(CultureInfo.InvariantCulture)} {Noun}{(Count == 1 ? "" : "s")}";

    /// <summary>What began before then is over now.</summary>
    public DateTimeOffset Before(DateTimeOffset now) => Unit switch
    {
        PeriodUnit.Minutes => now.AddMinutes(-Count),
        PeriodUnit.Hours => now.AddHours(-Count),
        PeriodUnit.Days => now.AddDays(-Count),
        PeriodUnit.Months => now.AddMonths(-Count),
        PeriodUnit.Years => now.AddYears(-Count),
        PeriodUnit.FinancialYears => London.Instant(BeforeDay(now), TimeOnly.MinValue),
    };

    /// <summary>The same as a day in London. Of financial years: the first day of those that are kept.</summary>
    public DateOnly BeforeDay(DateTimeOffset now) => Unit switch
    {
        PeriodUnit.Minutes or PeriodUnit.Hours => London.DateOf(Before(now)),
        PeriodUnit.Days => London.DateOf(now).AddDays(-Count),
        PeriodUnit.Months => London.DateOf(now).AddMonths(-Count),
        PeriodUnit.Years => London.DateOf(now).AddYears(-Count),
        PeriodUnit.FinancialYears => new FinancialYear(FinancialYear.Of(London.DateOf(now)).StartsIn - Count).From,
    };

    private string Noun => Unit switch
    {
        PeriodUnit.Minutes => "minute",
        PeriodUnit.Hours => "hour",
        PeriodUnit.Days => "day",
        PeriodUnit.Months => "month",
        PeriodUnit.Years or PeriodUnit.FinancialYears => "year",
    };
}
