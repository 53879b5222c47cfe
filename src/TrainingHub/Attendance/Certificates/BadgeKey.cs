using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Attendance;

/// <summary>A key that signs badges. One is in use; those that were retired stay, so that what they signed can be verified.</summary>
internal sealed class BadgeKey
{
    public const int IdLength = 16;

    /// <summary>Stands in every badge that it signed, as the end of an address.</summary>
    public required string Id { get; init; }

    /// <summary>A JSON Web Key (RFC 7517).</summary>
    public required string PublicKey { get; init; }

    /// <summary>PKCS#8, encrypted with the keys that also protect cookies.</summary>
    public required byte[] ProtectedKey { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Signs nothing after it.</summary>
    public DateTimeOffset? RetiredAt { get; init; }
}

internal sealed class BadgeKeyMap : IEntityTypeConfiguration<BadgeKey>
{
    public void Configure(EntityTypeBuilder<BadgeKey> builder)
    {
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).HasMaxLength(BadgeKey.IdLength);
        builder.HasIndex(key => key.RetiredAt, "UxBadgeKeysInUse").IsUnique().AreNullsDistinct(false).HasFilter("retired_at is null");
    }
}
