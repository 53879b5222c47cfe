using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What staff settled for the programme of a date as a whole. A date without a row has nothing settled.</summary>
internal sealed class EventPlan
{
    public required Guid RunId { get; init; }

    /// <summary>The last day on which sessions can be chosen; null is until the event begins.</summary>
    public DateOnly? ChooseLastOn { get; init; }
    public int Version { get; init; }

    /// <summary>From this instant on nobody chooses or changes sessions.</summary>
    public static DateTimeOffset ClosesAt(DateOnly? lastOn, DateTimeOffset startsAt) =>
        lastOn is { } day && London.Instant(day.AddDays(1), TimeOnly.MinValue) is var until && until < startsAt ? until : startsAt;

    /// <summary>"until the end of 3 March 2027", or until it begins.</summary>
    public static string ClosesWords(DateOnly? lastOn, DateTimeOffset startsAt) =>
        ClosesAt(lastOn, startsAt) < startsAt && lastOn is { } day ? $"until the end of {London.Words(day)}" : $"until it begins, on {London.Moment(startsAt)}";
}

internal sealed class EventPlanMap : IEntityTypeConfiguration<EventPlan>
{
    public void Configure(EntityTypeBuilder<EventPlan> builder)
    {
        builder.HasKey(plan => plan.RunId);
        builder.Property(plan => plan.Version).HasDefaultValue(0);
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(plan => plan.RunId);
    }
}
