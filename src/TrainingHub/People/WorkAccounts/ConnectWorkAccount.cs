using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal enum DisconnectRefusal
{
    /// <summary>Nothing would sign the person in.</summary>
    NoPassword,

    /// <summary>Passwords are for administrators alone.</summary>
    NoPasswords,
}

/// <summary>
/// Connects a work account with an account whose person has proved that both are theirs, or takes it away again. All sessions end, for
/// from then on the account is entered in the other way. Both stand in the history, and the person is told by email.
/// </summary>
internal sealed class ConnectWorkAccount(TrainingHubDb db, TimeProvider clock, IOptions<SingleSignOnOptions> options, IOptions<SiteOptions> site)
{
    /// <summary>The same again changes nothing. Refuses a work account, or an account, that is connected otherwise, and one that is closed.</summary>
    public async Task<WorkAccountRefusal?> RunAsync(Guid id, string subject, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await HoldAsync(id, ct);
        if (user.ClosedAt is not null)
        {
            return WorkAccountRefusal.Closed;
        }

        var others = await options.Value.Connected(db).Where(account => account.StaffUserId == id || account.Subject == subject).ToListAsync(ct);
        if (others.Count > 0)
        {
            return others is [{ StaffUserId: var whose, Subject: var theirs }] && whose == id && theirs == subject ? null : WorkAccountRefusal.OfSomebodyElse;
        }

        db.Add(new StaffWorkAccount { Issuer = options.Value.Authority, Subject = subject, StaffUserId = id, ConnectedAt = clock.GetUtcNow() });
        SignInChanges.Record(db, user, SignInChange.WorkAccountConnected, new(id, user.Name), site.Value, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        // The work account was connected to another account at this moment.
        catch (DbUpdateException taken) when (taken.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return WorkAccountRefusal.OfSomebodyElse;
        }

        await db.StaffSessions.Where(session => session.StaffUserId == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>By its person, who needs a password to go on with; or by an administrator, who sends them a link for one.</summary>
    public async Task<DisconnectRefusal?> DisconnectAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await HoldAsync(id, ct);
        if (by.Id == id && WhyNot(user) is { } refusal)
        {
            return refusal;
        }

        if (await options.Value.Connected(db, id).ExecuteDeleteAsync(ct) > 0)
        {
            await db.StaffSessions.Where(session => session.StaffUserId == id).ExecuteDeleteAsync(ct);
            SignInChanges.Record(db, user, SignInChange.WorkAccountDisconnected, by, site.Value, clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return null;
    }

    public DisconnectRefusal? WhyNot(StaffUser user) =>
        !options.Value.OffersPasswords && !user.May(StaffRight.Accounts) ? DisconnectRefusal.NoPasswords
        : user.PasswordHash is null ? DisconnectRefusal.NoPassword
        : null;

    private Task<StaffUser> HoldAsync(Guid id, CancellationToken ct) =>
        db.Users.FromSql($"select * from staff_users where id = {id} for no key update").SingleAsync(ct);
}
