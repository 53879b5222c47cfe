using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal enum FactorRefusal
{
    NotRight,

    /// <summary>It was used before, or a later one was.</summary>
    Used,

    /// <summary>Too many wrong ones within a quarter of an hour; this one was not looked at.</summary>
    TooMany,
}

/// <summary>
/// Looks at a code of the authenticator app or a recovery code. Each works once, on all nodes together: using it is one conditional
/// update. Wrong ones are counted apart from passwords, which whoever guesses codes must know already, and not forgotten before a code was
/// right (<see cref="SignInTries"/>).
/// </summary>
internal sealed partial class CheckSecondFactor(
    TrainingHubDb db, NpgsqlDataSource database, SignInTries tries, SignInHistory history, IPersonalDataProtector secrets, TimeProvider clock,
    IOptions<SiteOptions> site, ILogger<CheckSecondFactor> logger)
{
    /// <summary>Looks and uses in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = "update staff_authenticators set last_step = $2 where staff_user_id = $1 and last_step < $2";

    /// <returns>What prevents it, or null when the code was right and is used now.</returns>
    public Task<FactorRefusal?> CodeAsync(StaffUser user, string code, SignInFrom from, CancellationToken ct) =>
        CountedAsync(user, from, () => UseCodeAsync(user, code, ct), ct);

    /// <inheritdoc cref="CodeAsync"/>
    public Task<FactorRefusal?> RecoveryCodeAsync(StaffUser user, string code, SignInFrom from, CancellationToken ct) =>
        CountedAsync(user, from, () => UseRecoveryCodeAsync(user, code, ct), ct);

    private async Task<FactorRefusal?> CountedAsync(StaffUser user, SignInFrom from, Func<Task<FactorRefusal?>> use, CancellationToken ct)
    {
        var device = from.Device?.IsOf(user) == true ? from.Device : null;
        var account = user.Id.ToString();
        if (!await tries.TakeAsync(SignInTries.Codes, account, from.Network, device, ct))
        {
            await history.RefusedAsync(user.Id, account, "Too many codes tried, after the right password", ct);
            return FactorRefusal.TooMany;
        }

        if (await use() is { } refusal)
        {
            await history.RefusedAsync(user.Id, account, "Wrong code, after the right password", ct);
            return refusal;
        }

        await tries.ForgiveAsync(SignInTries.Codes, account, from.Network, device, ct);
        return null;
    }

    private async Task<FactorRefusal?> UseCodeAsync(StaffUser user, string code, CancellationToken ct)
    {
        var app = await db.StaffAuthenticators.AsNoTracking().SingleOrDefaultAsync(one => one.StaffUserId == user.Id, ct);
        if (app is null || KeyOf(app) is not { } key || Totp.StepOf(key, code, clock.Real().GetUtcNow()) is not { } step)
        {
            return FactorRefusal.NotRight;
        }

        return await TouchesAsync(Guard, user.Id, step, ct) ? null : FactorRefusal.Used;
    }

    private async Task<FactorRefusal?> UseRecoveryCodeAsync(StaffUser user, string code, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (hash, now) = (StaffRecoveryCode.HashOf(code), clock.GetUtcNow());
        var codes = db.StaffRecoveryCodes.Where(known => known.StaffUserId == user.Id && known.CodeHash == hash);
        if (await codes.Where(known => known.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(known => known.UsedAt, now), ct) == 0)
        {
            return await codes.AnyAsync(ct) ? FactorRefusal.Used : FactorRefusal.NotRight;
        }

        SignInChanges.Tell(db, user, SignInChange.CodeUsed, new(user.Id, user.Name), site.Value, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    // The site's own keys may be lost, for instance with a database that was restored without them; then no code is right.
    private byte[]? KeyOf(StaffAuthenticator app)
    {
        try
        {
            return Convert.FromBase64String(secrets.Unprotect(app.ProtectedKey)!);
        }
        catch (CryptographicException)
        {
            LogUnreadable(app.StaffUserId);
            return null;
        }
    }

    private async Task<bool> TouchesAsync(string statement, Guid user, long step, CancellationToken ct)
    {
        await using var update = database.CreateCommand(statement);
        update.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = user });
        update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = step });
        return await update.ExecuteNonQueryAsync(ct) == 1;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The authenticator app of staff user {StaffUserId} cannot be read with the keys of this site: reset how they sign in")]
    private partial void LogUnreadable(Guid staffUserId);
}
