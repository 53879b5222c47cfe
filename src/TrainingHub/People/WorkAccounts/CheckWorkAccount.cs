using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// Asks the provider whether it still lets the person of a session in, by redeeming the session's refresh token: every two minutes
/// (<see cref="CheckWorkAccounts"/>), and before a request is answered when that was not done. Whom the provider refuses is signed out
/// everywhere at once. While it gives no answer a session goes on for a quarter of an hour since the last one: long enough for a
/// provider to be restarted, too short to work on after having left.
/// </summary>
/// <remarks>
/// A token that is renewed must not be redeemed twice, so one asks at a time: the claim is a conditional update, the other nodes wait for
/// what comes of it. If the process dies half-way the claim lapses, and the next one asks.
/// </remarks>
internal sealed partial class CheckWorkAccount(
    NpgsqlDataSource database, SessionClock clock, WorkAccountProvider provider, IPersonalDataProtector secrets, IServiceScopeFactory scopes, ILogger<CheckWorkAccount> logger)
{
    /// <summary>With the time between two runs of the job: what the job has missed is checked before an answer.</summary>
    public static readonly TimeSpan BeforeAnswering = TimeSpan.FromMinutes(4);

    /// <summary>How long a session goes on without an answer of the provider.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks and claims in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } =
        """
        update staff_sessions
        set check_until = $4
        where key_hash = $1 and checked_at <= $2 and (check_until is null or check_until <= $3) and (check_failed_at is null or check_failed_at <= $5)
        returning staff_user_id, subject, refresh_token
        """;

    /// <summary>Whether the session with that key may go on, of which nobody has asked for at least so long.</summary>
    public async Task<bool> MayStayAsync(byte[] key, TimeSpan since, CancellationToken ct)
    {
        var cutOff = clock.GetUtcNow() - since;
        while (true)
        {
            if (await ClaimAsync(key, cutOff, ct) is { } claimed)
            {
                return await AskAsync(key, claimed, ct);
            }

            if (await LookAsync(key, ct) is not { } now)
            {
                return false;
            }

            if (now.CheckedAt > cutOff)
            {
                return true;
            }

            // Another one asks, and it is a matter of moments; or asked just now in vain.
            if (now.IsAsked)
            {
                await Task.Delay(Pause, ct);
            }
            else if (now.HasFailed)
            {
                return clock.GetUtcNow() - now.CheckedAt < Grace;
            }
        }
    }

    private async Task<bool> AskAsync(byte[] key, Claimed claimed, CancellationToken ct)
    {
        if (Read(claimed) is not { } token)
        {
            return await LeaveAsync(claimed.User, "What the provider is asked with cannot be read any more", ct);
        }

        var redeemed = await provider.RedeemAsync(token, claimed.Subject, ct);
        return redeemed.Outcome switch
        {
            RedeemOutcome.Good => await FollowAsync(key, claimed.User, redeemed, ct),
            RedeemOutcome.Refused => await LeaveAsync(claimed.User, "The work account does not let them in any more, or asks them to sign in again", ct),
            RedeemOutcome.Unreachable => await FailAsync(key, ct) is { } checkedAt && clock.GetUtcNow() - checkedAt < Grace,
        };
    }

    private async Task<bool> FollowAsync(byte[] key, Guid user, Redeemed redeemed, CancellationToken ct)
    {
        // Kept before anything else: the one before may be used up.
        await KeepAsync(key, redeemed);
        await using var scope = scopes.CreateAsyncScope();
        if (redeemed.Facts is { } facts && await scope.ServiceProvider.GetRequiredService<EnterByWorkAccount>().StillAsync(user, facts, ct) is { } why)
        {
            return await LeaveAsync(user, why, ct);
        }

        // Another role ends all sessions.
        return await LookAsync(key, ct) is not null;
    }

    // Never stays.
    private async Task<bool> LeaveAsync(Guid user, string why, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EndWorkAccountSessions>().LeaveAsync(user, why, ct);
        LogLeft(user);
        return false;
    }

    private string? Read(Claimed claimed)
    {
        try
        {
            return secrets.Unprotect(claimed.RefreshToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<Claimed?> ClaimAsync(byte[] key, DateTimeOffset cutOff, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var update = database.CreateCommand(Guard);
        update.Parameters.AddWithValue(key);
        update.Parameters.AddWithValue(cutOff);
        update.Parameters.AddWithValue(now);
        update.Parameters.AddWithValue(now + Claim);
        update.Parameters.AddWithValue(now - Again);
        await using var reader = await update.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private async Task<State?> LookAsync(byte[] key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var query = database.CreateCommand(
            "select checked_at, coalesce(check_until > $2, false), coalesce(check_failed_at > $3, false) from staff_sessions where key_hash = $1 and checked_at is not null");
        query.Parameters.AddWithValue(key);
        query.Parameters.AddWithValue(now);
        query.Parameters.AddWithValue(now - Again);
        await using var reader = await query.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1), reader.GetBoolean(2)) : null;
    }

    // Without the caller's token: what was renewed there must not be lost here.
    private async Task KeepAsync(byte[] key, Redeemed redeemed)
    {
        await using var update = database.CreateCommand(
            """
            update staff_sessions
            set refresh_token = coalesce($2, refresh_token), id_token = coalesce($3, id_token), checked_at = $4, check_until = null, check_failed_at = null
            where key_hash = $1
            """);
        update.Parameters.AddWithValue(key);
        update.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = secrets.Protect(redeemed.RefreshToken) });
        update.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = secrets.Protect(redeemed.IdToken) });
        update.Parameters.AddWithValue(clock.GetUtcNow());
        await update.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task<DateTimeOffset?> FailAsync(byte[] key, CancellationToken ct)
    {
        await using var update = database.CreateCommand("update staff_sessions set check_until = null, check_failed_at = $2 where key_hash = $1 returning checked_at");
        update.Parameters.AddWithValue(key);
        update.Parameters.AddWithValue(clock.GetUtcNow());
        return await update.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    private sealed record Claimed(Guid User, string Subject, string RefreshToken);

    private sealed record State(DateTimeOffset CheckedAt, bool IsAsked, bool HasFailed);

    [LoggerMessage(Level = LogLevel.Information, Message = "The work account of staff user {StaffUserId} lets nobody in any more: signed out everywhere")]
    private partial void LogLeft(Guid staffUserId);
}
