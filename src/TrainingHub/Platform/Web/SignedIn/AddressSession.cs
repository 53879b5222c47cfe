using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web;

/// <summary>A browser whose owner has shown, by a code from an email, that they read the mailbox of this address.</summary>
internal sealed class AddressSession
{
    public required byte[] KeyHash { get; init; }

    /// <summary>As <see cref="EmailAddress.KeyOf"/> gives it.</summary>
    public required string Email { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class AddressSessionMap : IEntityTypeConfiguration<AddressSession>
{
    public void Configure(EntityTypeBuilder<AddressSession> builder)
    {
        builder.HasKey(session => session.KeyHash);
        builder.Property(session => session.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.HasIndex(session => session.Email);
        builder.HasIndex(session => session.ExpiresAt);
    }
}
