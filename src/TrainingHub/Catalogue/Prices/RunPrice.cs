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
/// a filter for free dates and a shown price cannot differ. A fee of the date or of the course is for everybody; only the schedule knows classes of payers.
/// </summary>
internal sealed class RunPrice
{
    public Guid RunId { get; init; }
    public int Pence { get; init; }
    public PriceSource Source { get; init; }
    public CourseLength? Length { get; init; }

    /// <summary>Since when the schedule is in force; null for other sources.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>What other classes of payers pay; null when all pay the same.</summary>
    public ClassPrices? ClassPrices { get; init; }

    /// <param name="pence">Everybody's.</param>
    /// <param name="source"></param>
    /// <param name="length"></param>
    /// <param name="startsOn"></param>
    /// <param name="others">What other classes pay.</param>
    /// <param name="payerClassId">Who asks; null as long as that is not known.</param>
    public static Price Words(int pence, PriceSource source, CourseLength? length, DateOnly? startsOn, ClassPrices? others, Guid? payerClassId = null)
    {
        var rule = RuleOf(pence, source, length, startsOn);
        return (others, payerClassId) switch
        {
            (null, _) => new(new(pence), rule),
            (_, null) => new(new(pence), rule) { Others = others },
            (_, { } payer) => others.Of(payer) is { } own ? OfClass(own, rule) : new(new(pence), rule),
        };
    }

    public static Price OfClass(ClassPrice own, string rule) => new(new(own.Pence), $"{rule} for {own.Words}");

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
    public void Configure(EntityTypeBuilder<RunPrice> builder)
    {
        builder.ToView("RunPrices").HasKey(price => price.RunId);
        builder.Property(price => price.ClassPrices).HasColumnType("jsonb").HasConversion(one => one!.Write(), json => ClassPrices.Read(json));
    }
}
