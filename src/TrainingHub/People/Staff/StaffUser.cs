using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>
/// Somebody who runs the programme and signs in with a password. How many wrong ones are looked at is for <see cref="CheckSignIn"/> to say.
/// </summary>
internal sealed class StaffUser : IdentityUser<Guid>
{
    public const int NameLength = 100;

    /// <summary>How long a password that somebody else made can be used: once, to choose one's own.</summary>
    public static readonly TimeSpan OneTimePasswordFor = TimeSpan.FromDays(7);

    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignedInAt { get; set; }

    /// <summary>Set when the account is closed; a closed account cannot sign in and its sessions end.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Until when a password holds that was handed over; null is a password of the person's own.</summary>
    public DateTimeOffset? OneTimePasswordUntil { get; set; }

    /// <summary>Reads survey comments and concerns, which may be about a child at risk.</summary>
    public bool IsCoordinator { get; set; }

    public bool MayEnterAt(DateTimeOffset now) => ClosedAt is null && (OneTimePasswordUntil is null || now < OneTimePasswordUntil);
}

internal sealed class StaffUserMap : IEntityTypeConfiguration<StaffUser>
{
    public void Configure(EntityTypeBuilder<StaffUser> builder)
    {
        builder.ToTable("StaffUsers");
        builder.Property(user => user.Name).HasMaxLength(StaffUser.NameLength);
        builder.Property(user => user.IsCoordinator).HasDefaultValue(false);
    }
}

internal sealed class StaffClaimMap : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("StaffClaims");
}

internal sealed class StaffLoginMap : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("StaffLogins");
}

internal sealed class StaffTokenMap : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("StaffTokens");
}

internal sealed class StaffPasskeyMap : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder) => builder.ToTable("StaffPasskeys");
}
