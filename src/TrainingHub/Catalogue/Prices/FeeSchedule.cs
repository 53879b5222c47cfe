using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>The half-day and full-day fee from a date on (1 April), until the next schedule starts: everybody's, but for <see cref="ClassFee"/>.</summary>
internal sealed class FeeSchedule
{
    public const int ReasonLength = 200;

    public required Guid Id { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required int HalfDayPence { get; init; }
    public required int FullDayPence { get; init; }

    /// <summary>Why the fees are what they are; reasons for an uplift are part of the fact.</summary>
    public required string Reason { get; init; }
}

/// <summary>A course's own fee from a date on, going over the schedule and the same for everybody: 0 is free.</summary>
internal sealed class CourseFee
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required int PricePence { get; init; }

    /// <summary>The fees with which it was raised, and is taken back; null when it was set by itself.</summary>
    public Guid? FeeScheduleId { get; init; }
}

internal sealed class FeeScheduleMap : IEntityTypeConfiguration<FeeSchedule>
{
    public void Configure(EntityTypeBuilder<FeeSchedule> builder)
    {
        builder.HasIndex(schedule => schedule.StartsOn).IsUnique();
        builder.ToTable(table => table.HasCheckConstraint("ck_fee_schedules_fees", "half_day_pence >= 0 and full_day_pence >= 0"));
    }
}

internal sealed class CourseFeeMap : IEntityTypeConfiguration<CourseFee>
{
    public void Configure(EntityTypeBuilder<CourseFee> builder)
    {
        builder.HasIndex(fee => new { fee.CourseId, fee.StartsOn }).IsUnique();
        builder.HasOne<Course>().WithMany().HasForeignKey(fee => fee.CourseId);
        builder.HasOne<FeeSchedule>().WithMany().HasForeignKey(fee => fee.FeeScheduleId);
        builder.ToTable(table => table.HasCheckConstraint("ck_course_fees_price", "price_pence >= 0"));
    }
}
