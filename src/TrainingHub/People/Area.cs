using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>
/// Where a delegate works, or where a date is held. <see cref="LongName"/> is how reports call it ("BCP Council area").
/// </summary>
internal sealed class Area
{
    public const int NameLength = 60;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string LongName { get; init; }
    public required int SortOrder { get; init; }
}

internal sealed class AreaMap : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.Property(area => area.Name).HasMaxLength(Area.NameLength);
        builder.Property(area => area.LongName).HasMaxLength(Area.NameLength);
        builder.HasIndex(area => area.Name).IsUnique();
    }
}
