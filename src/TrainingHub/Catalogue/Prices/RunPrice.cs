using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum PriceSource
{
    Run,
    Course,
    Schedule,
}

/// <summary>
/// One row for each date that has a price: the fee of the date itself, else of the course, else of the schedule for the
/// course's length, each as in force on the day of the date. The rule is written in the view run_prices and nowhere else, so that
/// a filter for free dates and a shown price cannot differ.
/// </summary>
internal sealed class RunPrice
{
    public Guid RunId { get; init; }
    public int Pence { get; init; }
    public PriceSource Source { get; init; }
    public CourseLength? Length { get; init; }

    /// <summary>Since when the schedule is in force; null for other sources.</summary>
    public DateOnly? StartsOn { get; init; }

    public static Price Words(int pence, PriceSource source, CourseLength? length, DateOnly? startsOn) =>
        new(new Money(pence), RuleOf(pence, source, length, startsOn));

    private static string RuleOf(int pence, PriceSource source, CourseLength? length, DateOnly? startsOn) => source switch
    {
        PriceSource.Run or PriceSource.Course when pence == 0 => "Free for everyone",
        PriceSource.Run => "Fee of this date",
        PriceSource.Course => "Fee of this course",
        PriceSource.Schedule => $"{LengthWords(length)} fee from {London.Words(startsOn ?? throw new UnreachableException())}",
    };

    private static string LengthWords(CourseLength? length) => length switch
    {
        CourseLength.HalfDay => "Half-day",
        CourseLength.FullDay => "Full-day",
        null => throw new UnreachableException(),
    };
}

internal sealed class RunPriceMap : IEntityTypeConfiguration<RunPrice>
{
    public void Configure(EntityTypeBuilder<RunPrice> builder) =>
        builder.ToView("RunPrices").HasKey(price => price.RunId);
}
