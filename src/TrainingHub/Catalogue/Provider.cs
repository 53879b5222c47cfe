using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Catalogue;

/// <summary>Who delivers a date. <see cref="IsInvented"/> marks the ones of the demonstration. Null is not known.</summary>
internal sealed class Provider : IEdited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? ContactName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>The first day of the contract.</summary>
    public DateOnly? ContractFrom { get; init; }

    /// <summary>The last day of the contract.</summary>
    public DateOnly? ContractUntil { get; init; }
    public bool IsInvented { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class ProviderMap : IEntityTypeConfiguration<Provider>
{
    public void Configure(EntityTypeBuilder<Provider> builder)
    {
        builder.HasIndex(provider => provider.Name).IsUnique();
        builder.Property(provider => provider.ContactName).HasMaxLength(ProviderFacts.NameLength);
        builder.Property(provider => provider.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(provider => provider.Phone).HasMaxLength(ProviderFacts.PhoneLength);
        builder.Property(provider => provider.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.ToTable(table => table.HasCheckConstraint("ck_providers_contract", "contract_from <= contract_until"));
    }
}
