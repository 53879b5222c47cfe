using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>The authenticator app of a member of staff. It is replaced by another one, and taken away only together with all that signs the person in.</summary>
internal sealed class StaffAuthenticator
{
    public required Guid StaffUserId { get; init; }

    /// <summary>Encrypted with the site's keys, so that the table alone makes no codes.</summary>
    public required string ProtectedKey { get; set; }
    public required DateTimeOffset AddedAt { get; set; }

    /// <summary>The half-minute of the last code that was used: none of it or before works again.</summary>
    public required long LastStep { get; set; }
}

internal sealed class StaffAuthenticatorMap : IEntityTypeConfiguration<StaffAuthenticator>
{
    public void Configure(EntityTypeBuilder<StaffAuthenticator> builder)
    {
        builder.HasKey(app => app.StaffUserId);
        builder.Property(app => app.StaffUserId).ValueGeneratedNever();
        builder.HasOne<StaffUser>().WithOne().HasForeignKey<StaffAuthenticator>(app => app.StaffUserId);
    }
}
