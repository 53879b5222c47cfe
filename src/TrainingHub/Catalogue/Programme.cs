using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Courses that belong together as modules, each booked and priced by itself; all together may have a price too (<see cref="ProgrammeFee"/>).</summary>
internal sealed class Programme : IEdited
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }

    /// <summary>From then on visitors see its modules as courses of their own.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class ProgrammeMap : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder)
    {
        builder.HasIndex(programme => programme.Slug).IsUnique();
        builder.HasIndex(programme => programme.Title).IsUnique();
        builder.Property(programme => programme.Version).HasDefaultValue(0).IsConcurrencyToken();
    }
}
