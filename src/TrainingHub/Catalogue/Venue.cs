using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>A place with an address. <see cref="IsInvented"/> marks the ones of the demonstration.</summary>
internal sealed class Venue
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string Address { get; init; } = "";
    public bool IsInvented { get; init; }
}

internal sealed class VenueMap : IEntityTypeConfiguration<Venue>
{
    public void Configure(EntityTypeBuilder<Venue> builder) => builder.HasIndex(venue => venue.Name).IsUnique();
}
