using System.Security.Claims;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>Who is signed in, as pages ask for it, and the policy of the one page that differs.</summary>
internal static class StaffIdentity
{
    /// <summary>Signed in at all, also with a one-time password: only where a password is chosen. Staff pages ask for more.</summary>
    public const string AnyPasswordPolicy = "StaffAnyPassword";

    /// <summary>Stands in the session of somebody who has yet to choose a password.</summary>
    public const string OneTimePasswordClaim = "one-time-password";

    /// <summary>Stands in the session for each area whose results the person reads.</summary>
    public const string AreaClaim = "area";

    /// <summary>Stands in a session that a work account began.</summary>
    public const string WorkAccountClaim = "work-account";

    /// <summary>What that claim says when the password is the person's own, and shorter than is accepted today.</summary>
    public const string ShortPassword = "short";

    /// <summary>The areas whose results are all that the person may read; null when they may read every area's.</summary>
    public static IReadOnlyList<Guid>? OnlyAreas(this ClaimsPrincipal user) => user.May(StaffRight.ReadResults)
        ? null
        : [.. user.FindAll(AreaClaim).Select(claim => Guid.Parse(claim.Value))];

    /// <summary>Whether the session began with a work account, which then proves again who it is.</summary>
    public static bool IsByWorkAccount(this ClaimsPrincipal user) => user.HasClaim(WorkAccountClaim, "yes");

    /// <summary>The signed-in staff user's id. Throws when nobody is signed in: the page lacks its policy.</summary>
    public static Guid StaffId(this ClaimsPrincipal user) => user.Actor().Id;

    /// <summary>The same, with the name, for history.</summary>
    public static Actor Actor(this ClaimsPrincipal user) => Platform.Actor.Of(user);
}
