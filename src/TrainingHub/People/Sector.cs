using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>The kind of agency a delegate works for, as the survey prints it.</summary>
internal sealed class Sector
{
    public const int NameLength = 100;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required int SortOrder { get; init; }
}

internal sealed class SectorMap : IEntityTypeConfiguration<Sector>
{
    public void Configure(EntityTypeBuilder<Sector> builder)
    {
        builder.Property(sector => sector.Name).HasMaxLength(Sector.NameLength);
        builder.HasIndex(sector => sector.Name).IsUnique();
    }
}
