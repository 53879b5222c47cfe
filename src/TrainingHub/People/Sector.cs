using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>The kind of agency a delegate works for, as the survey prints it.</summary>
internal sealed class Sector : IListed<Sector>
{
    public const int NameLength = 100;

    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required int SortOrder { get; set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public ListedFacts Facts => new() { Name = Name };

    public static Sector New(Guid id) => new() { Id = id, Name = "", SortOrder = 0 };

    public void Take(ListedFacts facts) => Name = facts.Name;

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class SectorMap : IEntityTypeConfiguration<Sector>
{
    public void Configure(EntityTypeBuilder<Sector> builder)
    {
        builder.Property(sector => sector.Name).HasMaxLength(Sector.NameLength);
        builder.Property(sector => sector.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Ignore(sector => sector.Facts);
        builder.HasIndex(sector => sector.Name).IsUnique();
    }
}
