using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>
/// Which account of staff a person of the provider has. Never found by an email address: only issuer and subject together name a person
/// for good (OpenID Connect Core 1.0, 5.7).
/// </summary>
internal sealed class StaffWorkAccount
{
    public const int IssuerLength = 400;

    /// <summary>OpenID Connect Core 1.0, 2.</summary>
    public const int SubjectLength = 255;

    public required string Issuer { get; init; }
    public required string Subject { get; init; }
    public required Guid StaffUserId { get; init; }
    public required DateTimeOffset ConnectedAt { get; init; }
}

internal sealed class StaffWorkAccountMap : IEntityTypeConfiguration<StaffWorkAccount>
{
    public void Configure(EntityTypeBuilder<StaffWorkAccount> builder)
    {
        builder.HasKey(account => new { account.Issuer, account.Subject });
        builder.Property(account => account.Issuer).HasMaxLength(StaffWorkAccount.IssuerLength);
        builder.Property(account => account.Subject).HasMaxLength(StaffWorkAccount.SubjectLength);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(account => account.StaffUserId);
        builder.HasIndex(account => new { account.StaffUserId, account.Issuer }).IsUnique();
    }
}
