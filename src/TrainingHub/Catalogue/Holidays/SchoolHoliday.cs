using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Days on which schools are closed, the first and the last included: most people who book work in one.</summary>
internal sealed class SchoolHoliday : IEdited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DateOnly FromOn { get; init; }
    public required DateOnly UntilOn { get; init; }

    /// <summary>Where they are closed; null is everywhere.</summary>
    public Guid? AreaId { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class SchoolHolidayMap : IEntityTypeConfiguration<SchoolHoliday>
{
    public void Configure(EntityTypeBuilder<SchoolHoliday> builder)
    {
        builder.Property(holiday => holiday.Name).HasMaxLength(SchoolHolidayFacts.NameLength);
        builder.Property(holiday => holiday.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(holiday => holiday.UntilOn);
        builder.HasOne<Area>().WithMany().HasForeignKey(holiday => holiday.AreaId);
        builder.ToTable(table => table.HasCheckConstraint("ck_school_holidays_days", "from_on <= until_on"));
    }
}
