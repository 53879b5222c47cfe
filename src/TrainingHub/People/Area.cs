using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>What an area is to those who choose it.</summary>
internal enum AreaKind
{
    /// <summary>A part of the partnership's patch, in which dates may be held.</summary>
    Place,

    /// <summary>All of its places at once: who works in several, and a date that is for each.</summary>
    Everywhere,

    /// <summary>Outside of all of them. No date is held there.</summary>
    Elsewhere,
}

/// <summary>
/// Where a delegate works, or where a date is held. <see cref="LongName"/> is how reports call it ("Westshire Council area").
/// </summary>
internal sealed class Area : IListed<Area>
{
    public const int NameLength = 60;

    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string LongName { get; set; }
    public required int SortOrder { get; set; }
    public AreaKind Kind { get; set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public ListedFacts Facts => new() { Name = Name, LongName = LongName == Name ? null : LongName, Kind = Kind };

    public static Area New(Guid id) => new() { Id = id, Name = "", LongName = "", SortOrder = 0 };

    public void Take(ListedFacts facts) =>
        (Name, LongName, Kind) = (facts.Name, string.IsNullOrEmpty(facts.LongName) ? facts.Name : facts.LongName, facts.Kind);

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal static class AreaKindWords
{
    public static string Words(this AreaKind kind) => kind switch
    {
        AreaKind.Place => "One of our areas",
        AreaKind.Everywhere => "All of our areas",
        AreaKind.Elsewhere => "Outside our areas",
    };
}

internal sealed class AreaMap : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.Property(area => area.Name).HasMaxLength(Area.NameLength);
        builder.Property(area => area.LongName).HasMaxLength(Area.NameLength);
        builder.Property(area => area.Kind).HasDefaultValue(AreaKind.Place).HasSentinel(AreaKind.Place);
        builder.Property(area => area.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Ignore(area => area.Facts);
        builder.HasIndex(area => area.Name).IsUnique();
    }
}
