using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>What came of adding an account: the password that signs in, or what is wrong with the wishes.</summary>
internal sealed record StaffAdded(string Password, IReadOnlyList<string> Errors);

/// <summary>
/// Opens a staff account. From the command line without a password it gets a random one of about 97 bits that holds for seven days and
/// must be replaced at the first sign-in; by screen it gets none, and its person chooses one by a link in an email (<see cref="StaffLink"/>).
/// Who is added while there is no administrator runs all of it (<see cref="StaffUser.WhoIsAlone"/>). Refuses, in words, a bad address, an address that has an account, a weak password.
/// </summary>
internal sealed class AddStaff(TrainingHubDb db, UserManager<StaffUser> users, TimeProvider clock, IOptions<SiteOptions> site, IOptions<SingleSignOnOptions> signOn)
{
    // Without look-alikes: it may be read out or written down.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    public async Task<StaffAdded> RunAsync(string email, string name, string? ownPassword, IReadOnlyCollection<StaffRole> roles, params IReadOnlyCollection<Guid> areas)
    {
        var password = ownPassword ?? RandomPassword();
        var user = NewUser(email, name, roles, areas);
        user.OneTimePasswordUntil = ownPassword is null ? user.CreatedAt + StaffUser.OneTimePasswordFor : null;
        return new(password, await SaveAsync(user, password, Actor.CommandLine, CancellationToken.None));
    }

    /// <returns>What is wrong; nothing when the account is open and its person is written to.</returns>
    public async Task<IReadOnlyList<string>> InviteAsync(
        string email, string name, IReadOnlyCollection<StaffRole> roles, IReadOnlyCollection<Guid> areas, Actor by, CancellationToken ct) =>
        signOn.Value.OffersPasswords || roles.Contains(StaffRole.Administrator)
            ? await SaveAsync(NewUser(email, name, roles, areas), password: null, by, ct)
            : ["Only administrators sign in with a password here. Everybody else needs no invitation: once their group at work has a role here, signing in with their work account opens theirs."];

    /// <summary>For somebody whom the provider of work accounts names for the first time, in the caller's transaction: no password, and no more than their groups give.</summary>
    /// <returns>What is wrong, and else the account.</returns>
    public async Task<(StaffUser User, IReadOnlyList<string> Errors)> OfWorkAccountAsync(string email, string name, RolesOfGroups granted, CancellationToken ct)
    {
        var user = NewUser(email, name, granted.Roles, granted.Areas);
        (user.Roles, user.AreaIds) = ([.. granted.Roles], [.. granted.Areas]);
        return (user, await SaveAsync(user, password: null, Actor.WorkAccount, ct));
    }

    public static string RandomPassword() => RandomWords(groups: 4, length: 5);

    /// <summary>Groups of letters with hyphens between them, almost five bits a letter.</summary>
    public static string RandomWords(int groups, int length) =>
        string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Letters, length)));

    private StaffUser NewUser(string email, string name, IReadOnlyCollection<StaffRole> roles, IReadOnlyCollection<Guid> areas)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            UserName = email,
            Email = email,
            Name = name.Trim(),
            CreatedAt = now,
            Roles = users.Users.Any(user => user.ClosedAt == null && user.Roles.Contains(StaffRole.Administrator)) ? [.. roles.Distinct().Order()] : [.. StaffUser.WhoIsAlone],
            AreaIds = [.. StaffUser.AreasFor(roles, areas)],
        };
    }

    private async Task<IReadOnlyList<string>> SaveAsync(StaffUser user, string? password, Actor by, CancellationToken ct)
    {
        if (user.Email is not { } address || !EmailAddress.IsValid(address))
        {
            return [$"{user.Email} is not an email address."];
        }

        if (user.Name.Length is 0 or > StaffUser.NameLength)
        {
            return [$"The name must have 1 to {StaffUser.NameLength} characters."];
        }

        if (StaffUser.WhyNotRoles(user.Roles, user.AreaIds) is { } lacking)
        {
            return [lacking];
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var made = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            return [.. made.Errors.Select(error => error.Description).Distinct()];
        }

        HistoryEntry.Add<StaffUser>(db, user.Id, by, "Account opened", HistoryChange.Of(new HistoryChange("Roles", null, StaffUser.Words(user.Roles))), user.CreatedAt);
        if (password is null && by != Actor.WorkAccount)
        {
            var (url, until) = StaffLink.Issue(db, user, site.Value, user.CreatedAt);
            db.Add(OutgoingEmail.To(address, new StaffInvitedEmail(user.Name, by.Name, site.Value.Name, url, until), user.CreatedAt));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return [];
    }
}
