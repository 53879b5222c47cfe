using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>Who delivers a date. <see cref="IsInvented"/> marks the ones of the demonstration.</summary>
internal sealed class Provider
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public bool IsInvented { get; init; }
}

internal sealed class ProviderMap : IEntityTypeConfiguration<Provider>
{
    public void Configure(EntityTypeBuilder<Provider> builder) => builder.HasIndex(provider => provider.Name).IsUnique();
}
