namespace TrainingHub.People;

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Network">The network address; a whole office may share it.</param>
/// <param name="Device">The browser, when somebody has signed in from it before.</param>
internal sealed record SignInFrom(string Network, KnownDevice? Device)
{
    /// <summary>Whoever is signed in is known, and is not kept waiting by what strangers try at the door.</summary>
    public static SignInFrom Inside(StaffUser user) => new("", new KnownDevice(user.Id, user.Id, user.SecurityStamp ?? ""));
}

/// <summary>
/// A browser from which a person has signed in before. What strangers try elsewhere does not count against it, so nobody can lock its
/// owner out. It is forgotten when the password changes.
/// </summary>
/// <param name="Stamp">The security stamp that the account had then.</param>
internal sealed record KnownDevice(Guid Id, Guid StaffUserId, string Stamp)
{
    public bool IsOf(StaffUser user) => StaffUserId == user.Id && Stamp == user.SecurityStamp;
}
