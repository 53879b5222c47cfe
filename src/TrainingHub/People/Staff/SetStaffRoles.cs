using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum RolesRefusal
{
    /// <summary>There is no such open account.</summary>
    Unknown,

    /// <summary>Nobody gives themselves what they lack, or takes from themselves what others rely on.</summary>
    Oneself,

    /// <summary>Their groups at the provider of work accounts say it.</summary>
    FromWorkAccount,

    /// <summary>No role, or a learning group without areas.</summary>
    Incomplete,

    /// <summary>Nobody would be left to look after accounts.</summary>
    LastAdministrator,

    /// <summary>Nobody would be left to read survey comments.</summary>
    LastReader,
}

/// <summary>
/// Says what an account is for. Its person is signed out everywhere, since a session says what its person may do. The same again changes
/// nothing. Whoever has connected a work account has the roles of their groups, which <see cref="Actor.WorkAccount"/> alone brings. What
/// nobody may change leaves a line in the history too.
/// </summary>
internal sealed class SetStaffRoles(TrainingHubDb db, RefusedActs refused, TimeProvider clock, IOptions<SingleSignOnOptions> signOn)
{
    /// <param name="id">The account.</param>
    /// <param name="roles">All that it is for from now on.</param>
    /// <param name="areas">For a learning group; else without use.</param>
    /// <param name="by">Somebody else.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>What prevents it, or null.</returns>
    public async Task<RolesRefusal?> RunAsync(Guid id, IReadOnlyCollection<StaffRole> roles, IReadOnlyCollection<Guid> areas, Actor by, CancellationToken ct)
    {
        var refusal = await TryAsync(id, roles, areas, by, ct);
        if (refusal is { } one && Words(one) is { } why)
        {
            await refused.OfRolesAsync(id, by, $"{why}. Asked for: {StaffUser.Words([.. roles.Distinct().Order()])}", ct);
        }

        return refusal;
    }

    // For the history; null where nothing was tried that anybody may not.
    private static string? Words(RolesRefusal refusal) => refusal switch
    {
        RolesRefusal.Unknown or RolesRefusal.Incomplete => null,
        RolesRefusal.Oneself => "Nobody changes their own roles",
        RolesRefusal.FromWorkAccount => "The roles come from the work account",
        RolesRefusal.LastAdministrator => "Nobody else looks after accounts",
        RolesRefusal.LastReader => "Nobody else reads survey comments",
    };

    private async Task<RolesRefusal?> TryAsync(Guid id, IReadOnlyCollection<StaffRole> roles, IReadOnlyCollection<Guid> areas, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // All that are open, so that two that give up the same role at once do not both leave it to the other.
        var open = await db.Users.FromSql($"select * from staff_users where closed_at is null order by id for no key update").ToListAsync(ct);
        if (open.Find(user => user.Id == id) is not { } user)
        {
            return RolesRefusal.Unknown;
        }

        if (by != Actor.WorkAccount && await signOn.Value.Connected(db, id).AnyAsync(ct))
        {
            return RolesRefusal.FromWorkAccount;
        }

        List<StaffRole> wanted = [.. roles.Distinct().Order()];
        List<Guid> wantedAreas = [.. StaffUser.AreasFor(wanted, areas)];
        if (WhyNot(user, wanted, wantedAreas, open, by) is { } refusal)
        {
            return refusal;
        }

        if (!user.Roles.SequenceEqual(wanted) || !user.AreaIds.SequenceEqual(wantedAreas))
        {
            await ChangeAsync(user, wanted, wantedAreas, by, ct);
        }

        await transaction.CommitAsync(ct);
        return null;
    }

    private static RolesRefusal? WhyNot(StaffUser user, List<StaffRole> wanted, List<Guid> areas, List<StaffUser> open, Actor by) =>
        user.Id == by.Id ? RolesRefusal.Oneself
        : StaffUser.WhyNotRoles(wanted, areas) is not null ? RolesRefusal.Incomplete
        : StaffUser.LeftWithout(user, wanted, open) switch
        {
            null => null,
            StaffRight.Accounts => RolesRefusal.LastAdministrator,
            _ => RolesRefusal.LastReader,
        };

    private async Task ChangeAsync(StaffUser user, List<StaffRole> wanted, List<Guid> areas, Actor by, CancellationToken ct)
    {
        var names = await db.Areas.Where(area => areas.Contains(area.Id) || user.AreaIds.Contains(area.Id)).ToDictionaryAsync(area => area.Id, area => area.Name, ct);
        var changes = HistoryChange.Of(
            new HistoryChange("Roles", StaffUser.Words(user.Roles), StaffUser.Words(wanted)),
            new HistoryChange("Areas", Words(user.AreaIds), Words(areas)));
        (user.Roles, user.AreaIds) = (wanted, areas);
        HistoryEntry.Add<StaffUser>(db, user.Id, by, "Roles changed", changes, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == user.Id).ExecuteDeleteAsync(ct);

        string? Words(List<Guid> ids) => ids.Count == 0 ? null : string.Join(", ", ids.Select(id => names.GetValueOrDefault(id, "an area that is gone")).Order(StringComparer.Ordinal));
    }
}
