using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// Ends what the provider says has ended. When a work account does not let its person in any more, all sessions of the account end and
/// its links with them, in one transaction. The account stays: a password that was changed at the provider looks the same, and
/// only the provider opens a connected account again. Doing it twice changes nothing.
/// </summary>
internal sealed class EndWorkAccountSessions(TrainingHubDb db, UserManager<StaffUser> users, TimeProvider clock)
{
    /// <param name="user">Whose account.</param>
    /// <param name="why">For the history.</param>
    /// <param name="ct">To stop.</param>
    public async Task LeaveAsync(Guid user, string why, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = await db.Users.FromSql($"select * from staff_users where id = {user} for no key update").SingleAsync(ct);
        var subject = StaffLink.SubjectOf(account);
        var ended = await db.StaffSessions.Where(session => session.StaffUserId == user).ExecuteDeleteAsync(ct)
            + await db.SecretLinks.Where(link => link.Purpose == StaffLink.Purpose && link.SubjectId == subject).ExecuteDeleteAsync(ct);
        if (ended > 0)
        {
            // Of which links and known browsers are made.
            await users.UpdateSecurityStampAsync(account);
            HistoryEntry.Add<StaffUser>(db, user, Actor.WorkAccount, "Signed out everywhere", [], clock.GetUtcNow(), why);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The provider says that somebody signed out there: ends the sessions of that sign-in, or of that person.</summary>
    public Task SignedOutThereAsync(string issuer, string? subject, string? providerSession, CancellationToken ct) => RunAsync(
        db.StaffSessions.Where(session => session.Issuer == issuer && (subject == null || session.Subject == subject)
            && (providerSession == null || session.ProviderSession == providerSession)),
        "They signed out of the work account", ct);

    /// <summary>Nobody could ask the provider for too long.</summary>
    public Task<int> UncheckedAsync(DateTimeOffset since, CancellationToken ct) => RunAsync(
        db.StaffSessions.Where(session => session.CheckedAt <= since), "The provider of work accounts could not be asked for too long", ct);

    private async Task<int> RunAsync(IQueryable<StaffSession> sessions, string why, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ending = await sessions.Select(session => new { session.KeyHash, session.StaffUserId }).ToListAsync(ct);
        var keys = ending.ConvertAll(session => session.KeyHash);
        var ended = ending.Count == 0 ? 0 : await sessions.Where(session => keys.Contains(session.KeyHash)).ExecuteDeleteAsync(ct);
        if (ended > 0)
        {
            foreach (var user in ending.Select(session => session.StaffUserId).Distinct())
            {
                HistoryEntry.Add<StaffUser>(db, user, Actor.WorkAccount, "Signed out", [], clock.GetUtcNow(), why);
            }

            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return ended;
    }
}
