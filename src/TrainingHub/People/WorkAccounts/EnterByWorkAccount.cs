using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum WorkAccountRefusal
{
    /// <summary>None of the person's groups has a role here.</summary>
    NoGroup,

    /// <summary>The person is in more groups than the token holds.</summary>
    TooManyGroups,

    /// <summary>The provider names no email address.</summary>
    NoAddress,

    /// <summary>The account here is closed.</summary>
    Closed,

    /// <summary>The account with that address has another work account, or the work account another account.</summary>
    OfSomebodyElse,

    /// <summary>The provider cannot be reached.</summary>
    Unreachable,

    /// <summary>What came back is not what was asked for.</summary>
    NotAccepted,

    /// <summary>No refresh token came, without which nobody would notice that a person has left.</summary>
    NoRefreshToken,

    /// <summary>The provider did not ask the person anew, or asked somebody else.</summary>
    NotProved,

    /// <summary>A password or a passkey, where the account has a work account.</summary>
    UseWorkAccount,

    /// <summary>A password or a passkey, where only administrators have those.</summary>
    AdministratorsOnly,
}

/// <param name="User">Who may enter; or, with <paramref name="MustConnect"/>, whose account it would be.</param>
/// <param name="MustConnect">There is an account with that address: its person proves first that it is theirs.</param>
internal sealed record WorkAccountEntry(StaffUser? User, WorkAccountRefusal? Refusal, bool MustConnect = false);

/// <summary>
/// Finds the account of somebody whom the provider has named, gives it the roles of their groups, and opens one for whoever comes for the
/// first time with a group that has a role. An address proves nothing: an account that was there before is entered only once its person
/// has connected it (<see cref="ConnectWorkAccount"/>). Two at once for the same person open one account.
/// </summary>
internal sealed class EnterByWorkAccount(
    TrainingHubDb db, AddStaff add, SetStaffRoles set, ILookupNormalizer normalizer, Tries tries, TimeProvider clock, IOptions<SingleSignOnOptions> options)
{
    private static readonly TryBound LineADay = new("work-account-roles-line", Most: 1, TimeSpan.FromDays(1));

    public async Task<WorkAccountEntry> RunAsync(WorkAccountFacts facts, CancellationToken ct)
    {
        var (known, granted) = (await FindAsync(facts, ct), await GrantedAsync(facts, ct));
        if (known is { ClosedAt: not null })
        {
            return new(known, WorkAccountRefusal.Closed);
        }

        if (granted.Roles.Count == 0)
        {
            return new(known, facts.HasTooMany ? WorkAccountRefusal.TooManyGroups : WorkAccountRefusal.NoGroup);
        }

        return known is null ? await FirstAsync(facts, granted, ct) : await FollowAsync(known, granted, ct);
    }

    /// <summary>The roles of whoever is signed in follow their groups.</summary>
    /// <returns>Why nobody may be signed in with these any more, in words, or null.</returns>
    public async Task<string?> StillAsync(Guid user, WorkAccountFacts facts, CancellationToken ct)
    {
        var granted = await GrantedAsync(facts, ct);
        if (granted.Roles.Count == 0)
        {
            return facts.HasTooMany ? "The work account is in too many groups to be told" : "No group of the work account has a role here any more";
        }

        await FollowAsync(await db.Users.AsNoTracking().SingleAsync(one => one.Id == user, ct), granted, ct);
        return null;
    }

    public Task<RolesOfGroups> GrantedAsync(WorkAccountFacts facts, CancellationToken ct) => GroupRoles.AllOfAsync(options.Value.Roles, facts.Groups, db, ct);

    // What nobody else would be left for stays with whoever has it, as when an administrator takes it away.
    private async Task<WorkAccountEntry> FollowAsync(StaffUser user, RolesOfGroups granted, CancellationToken ct)
    {
        if (user.Roles.SequenceEqual(granted.Roles) && user.AreaIds.ToHashSet().SetEquals(granted.Areas))
        {
            return new(user, null);
        }

        var refusal = await set.RunAsync(user.Id, granted.Roles, granted.Areas, Actor.WorkAccount, ct);
        if (refusal == RolesRefusal.Unknown)
        {
            return new(user, WorkAccountRefusal.Closed);
        }

        // Found again every two minutes.
        if (refusal is not null && await tries.TakeAsync(LineADay, user.Id.ToString(), ct) is null)
        {
            HistoryEntry.Add<StaffUser>(
                db, user.Id, Actor.WorkAccount, "Roles not changed", [], clock.GetUtcNow(),
                $"The groups say {StaffUser.Words(granted.Roles)}, but nobody else would be left to look after accounts or to read comments");
            await db.SaveChangesAsync(ct);
        }

        return new(await db.Users.AsNoTracking().SingleAsync(one => one.Id == user.Id, ct), null);
    }

    private async Task<WorkAccountEntry> FirstAsync(WorkAccountFacts facts, RolesOfGroups granted, CancellationToken ct)
    {
        if (facts.Email is not { } email)
        {
            return new(null, WorkAccountRefusal.NoAddress);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // First sign-ins are rare: one after the other, so that two of one person find the account that the first opened.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('first sign-in by a work account'))", ct);
        if (await FindAsync(facts, ct) is { } meanwhile)
        {
            return new(meanwhile, meanwhile.ClosedAt is null ? null : WorkAccountRefusal.Closed);
        }

        var key = normalizer.NormalizeEmail(email);
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.NormalizedEmail == key, ct) is { } same)
        {
            return same.ClosedAt is not null ? new(same, WorkAccountRefusal.Closed)
                : await options.Value.Connected(db, same.Id).AnyAsync(ct) ? new(same, WorkAccountRefusal.OfSomebodyElse)
                : new(same, null, MustConnect: true);
        }

        var (opened, errors) = await add.OfWorkAccountAsync(email, facts.NameOfAccount(), granted, ct);
        if (errors.Count > 0)
        {
            return new(null, WorkAccountRefusal.NoAddress);
        }

        db.Add(new StaffWorkAccount { Issuer = options.Value.Authority, Subject = facts.Subject, StaffUserId = opened.Id, ConnectedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(opened, null);
    }

    private Task<StaffUser?> FindAsync(WorkAccountFacts facts, CancellationToken ct) => options.Value.Connected(db)
        .Where(account => account.Subject == facts.Subject)
        .Join(db.Users, account => account.StaffUserId, user => user.Id, (_, user) => user).AsNoTracking().SingleOrDefaultAsync(ct);
}
