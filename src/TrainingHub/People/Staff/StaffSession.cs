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

    /// <summary>Who gave the work account that the session began with, and whose it is there; with the next two, or none of them.</summary>
    public string? Issuer { get; init; }
    public string? Subject { get; init; }

    /// <summary>What the provider is asked with whether the person is still let in; encrypted.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the provider last said so.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>The provider's name of the sign-in.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>What signs the person out there without a question; encrypted.</summary>
    public string? IdToken { get; init; }

    /// <summary>Until then somebody is asking, and nobody else does.</summary>
    public DateTimeOffset? CheckUntil { get; init; }

    /// <summary>When the provider gave no answer, since it last did.</summary>
    public DateTimeOffset? CheckFailedAt { get; init; }
}

internal sealed class StaffSessionMap : IEntityTypeConfiguration<StaffSession>
{
    public void Configure(EntityTypeBuilder<StaffSession> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_staff_sessions_work_account", "num_nulls(issuer, subject, refresh_token, checked_at) in (0, 4)"));
        builder.HasKey(session => session.KeyHash);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(session => session.StaffUserId);
        builder.Property(session => session.Browser).HasMaxLength(BrowserWords.Length).HasDefaultValue("");
        builder.Property(session => session.Issuer).HasMaxLength(StaffWorkAccount.IssuerLength);
        builder.Property(session => session.Subject).HasMaxLength(StaffWorkAccount.SubjectLength);
        builder.Property(session => session.ProviderSession).HasMaxLength(StaffWorkAccount.SubjectLength);
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasIndex(session => session.Subject);
    }
}
