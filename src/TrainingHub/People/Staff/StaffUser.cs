using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

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

    /// <summary>What whoever runs the programme alone needs.</summary>
    public static readonly IReadOnlyList<StaffRole> WhoIsAlone = [StaffRole.Coordinator, StaffRole.Administrator];

    /// <summary>What some open account must always have: looking after accounts, and reading comments, which may be about a child at risk.</summary>
    public static readonly IReadOnlyList<StaffRight> NeverWithout = [StaffRight.Accounts, StaffRight.ReadComments];

    /// <summary>What the account is for, without repetition and in the order of <see cref="StaffRole"/>.</summary>
    public List<StaffRole> Roles { get; set; } = [];

    /// <summary>Of which areas a <see cref="StaffRole.LearningGroup"/> reads the results.</summary>
    public List<Guid> AreaIds { get; set; } = [];

    /// <summary>"Coordinator, Administrator".</summary>
    public static string Words(IEnumerable<StaffRole> roles) => string.Join(", ", roles.Select(role => role.Words()));

    /// <summary>The areas that these roles have a use for.</summary>
    public static IEnumerable<Guid> AreasFor(IEnumerable<StaffRole> roles, IEnumerable<Guid> areas) =>
        roles.Contains(StaffRole.LearningGroup) ? areas.Distinct().Order() : [];

    /// <returns>What these lack, in words, or null.</returns>
    public static string? WhyNotRoles(IReadOnlyCollection<StaffRole> roles, IReadOnlyCollection<Guid> areas) =>
        roles.Count == 0 ? "Choose what the account is for"
        : roles.Contains(StaffRole.LearningGroup) && areas.Count == 0 ? "Choose the areas whose results the learning group reads"
        : null;

    public bool May(StaffRight right) => Roles.Exists(role => role.May(right));

    /// <summary>The first of <see cref="NeverWithout"/> that nobody would have any more.</summary>
    /// <param name="changing">The account that changes.</param>
    /// <param name="roles">What it is for then.</param>
    /// <param name="open">All open accounts, locked.</param>
    public static StaffRight? LeftWithout(StaffUser changing, IReadOnlyCollection<StaffRole> roles, IEnumerable<StaffUser> open)
    {
        var others = open.Where(other => other.Id != changing.Id).ToList();
        return NeverWithout.Where(right => changing.May(right) && !roles.Any(role => role.May(right)) && !others.Exists(other => other.May(right)))
            .Select(right => (StaffRight?)right).FirstOrDefault();
    }

    public bool MayEnterAt(DateTimeOffset now) => ClosedAt is null && (OneTimePasswordUntil is null || now < OneTimePasswordUntil);
}

internal sealed class StaffUserMap : IEntityTypeConfiguration<StaffUser>
{
    public void Configure(EntityTypeBuilder<StaffUser> builder)
    {
        builder.ToTable("StaffUsers", table => table.HasCheckConstraint(
            "ck_staff_users_roles", $"roles <@ array[{string.Join(", ", StaffRoles.All.Select(role => $"'{role}'"))}]"));
        builder.Property(user => user.Name).HasMaxLength(StaffUser.NameLength);
        builder.PrimitiveCollection(user => user.Roles).HasDefaultValueSql("'{}'").ElementType(role => role.HasConversion<string>());
        builder.PrimitiveCollection(user => user.AreaIds).HasDefaultValueSql("'{}'");
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
