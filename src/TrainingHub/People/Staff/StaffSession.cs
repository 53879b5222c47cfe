using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>
/// A signed-in browser. The cookie holds only the key; the ticket is here, so that signing out ends it everywhere
/// (OWASP ASVS 5.0, 7.4.1).
/// </summary>
internal sealed class StaffSession
{
    public required byte[] KeyHash { get; init; }
    public required Guid StaffUserId { get; init; }
    public required byte[] Ticket { get; set; }

    /// <summary>Which browser, in words; empty for a session of before that was noted.</summary>
    public string Browser { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When the person last proved that it is they: at sign-in, and since.</summary>
    public DateTimeOffset? ProvedAt { get; set; }
}

internal sealed class StaffSessionMap : IEntityTypeConfiguration<StaffSession>
{
    public void Configure(EntityTypeBuilder<StaffSession> builder)
    {
        builder.HasKey(session => session.KeyHash);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(session => session.StaffUserId);
        builder.Property(session => session.Browser).HasMaxLength(BrowserWords.Length).HasDefaultValue("");
        builder.HasIndex(session => session.ExpiresAt);
    }
}
