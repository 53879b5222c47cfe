using System.Security.Claims;

namespace TrainingHub.Platform;

/// <summary>Who acts: a member of staff, or what acts in their place.</summary>
/// <param name="Id">The account; none where nobody is signed in.</param>
/// <param name="Name">As it is today. History keeps it only of what is no member of staff.</param>
internal sealed record Actor(Guid Id, string Name)
{
    /// <summary>Whoever may run the program on the server.</summary>
    public static readonly Actor CommandLine = new(Guid.Empty, "Command line");

    /// <summary>A job.</summary>
    public static readonly Actor Automatic = new(Guid.Empty, "Automatic work");

    /// <summary>Whoever sent a form of the public site.</summary>
    public static readonly Actor Visitor = new(Guid.Empty, "The public site");

    /// <summary>The provider of work accounts, through what it says of somebody.</summary>
    public static readonly Actor WorkAccount = new(Guid.Empty, "Work account");

    /// <summary>The signed-in member of staff. Throws when nobody is signed in: the page lacks its policy.</summary>
    public static Actor Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new(id, user.Identity?.Name ?? "")
            : throw new InvalidOperationException("Nobody is signed in.");
}
