using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>
/// Keeps sign-ins in staff_sessions: the cookie carries a random key, the table its hash. A session ends after some
/// minutes without a request (<see cref="StaffOptions.IdleMinutes"/>), after twelve hours whatever happens, at sign-out and when the
/// account is closed; the row decides, so a copied cookie is dead at that moment (OWASP ASVS 5.0, 7.3 and 7.4). A sign-in proves for ten
/// minutes that it is they, as <see cref="ConfirmStaff"/> does later.
/// </summary>
internal sealed class StaffTicketStore(
    NpgsqlDataSource database, SessionClock clock, CheckWorkAccount workAccount, IPersonalDataProtector secrets, IOptions<StaffOptions> options) : ITicketStore
{
    /// <summary>Where a sign-in by work account has its <see cref="WorkAccountSession"/>, beside the ticket and not in it.</summary>
    public const string WorkAccount = "work-account";

    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    public static readonly TimeSpan ProvedFor = TimeSpan.FromMinutes(10);

    // A row is not rewritten for every picture of a page.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(10);

    private readonly TimeSpan longestIdle = TimeSpan.FromMinutes(options.Value.IdleMinutes);

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, userAgent: null);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        StoreAsync(ticket, httpContext.Request.Headers.UserAgent.ToString());

    private async Task<string> StoreAsync(AuthenticationTicket ticket, string? userAgent)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        await using var insert = database.CreateCommand(
            """
            with lapsed as (
                delete from staff_sessions
                where expires_at <= $4
            ),
            signed_in as (
                update staff_users
                set last_signed_in_at = $4
                where id = $2
            )
            insert into staff_sessions (
                key_hash, staff_user_id, ticket, created_at, last_seen_at, proved_at, expires_at, browser,
                issuer, subject, provider_session, refresh_token, id_token, checked_at)
            values ($1, $2, $3, $4, $4, $4, $5, $6, $7, $8, $9, $10, $11, case when $7 is not null then $4 end)
            """);
        insert.Parameters.AddWithValue(HashOf(key));
        insert.Parameters.AddWithValue(ticket.Principal.StaffId());
        insert.Parameters.AddWithValue(TicketSerializer.Default.Serialize(ticket));
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(now + longestIdle);
        insert.Parameters.AddWithValue(BrowserWords.Of(userAgent));
        var begun = ticket.Properties.GetParameter<WorkAccountSession>(WorkAccount);
        foreach (var value in new[] { begun?.Issuer, begun?.Subject, begun?.ProviderSession, secrets.Protect(begun?.RefreshToken), secrets.Protect(begun?.IdToken) })
        {
            insert.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = value });
        }

        await insert.ExecuteNonQueryAsync();
        return key;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) => RetrieveAsync(key, cancellationToken);

    private async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var hash = HashOf(key);
        await using var query = database.CreateCommand(
            """
            select s.ticket, s.last_seen_at, s.expires_at, s.proved_at, s.checked_at
            from staff_sessions s
            join staff_users u on u.id = s.staff_user_id
            where s.key_hash = $1
            and s.expires_at > $2
            and u.closed_at is null
            """);
        query.Parameters.AddWithValue(hash);
        query.Parameters.AddWithValue(now);
        await using var reader = await query.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        var ticket = TicketSerializer.Default.Deserialize(reader.GetFieldValue<byte[]>(0));
        var lastSeen = reader.GetFieldValue<DateTimeOffset>(1);
        var ends = reader.GetFieldValue<DateTimeOffset>(2);
        DateTimeOffset? proved = await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<DateTimeOffset>(3);
        DateTimeOffset? asked = await reader.IsDBNullAsync(4, ct) ? null : reader.GetFieldValue<DateTimeOffset>(4);
        await reader.CloseAsync();
        if (now - asked >= CheckWorkAccount.BeforeAnswering && !await workAccount.MayStayAsync(hash, CheckWorkAccount.BeforeAnswering, ct))
        {
            return null;
        }

        if (now - lastSeen >= Grain)
        {
            ends = await ProlongAsync(hash, now) ?? ends;
        }

        if (ticket is not null)
        {
            StaffSessionClaims.Add(ticket.Principal, Base64Url.EncodeToString(hash), (int)(ends - now).TotalSeconds, now - proved < ProvedFor);
        }

        return ticket;
    }

    /// <summary>Never called: the cookie does not slide, and whoever is signed in cannot sign in again.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        throw new InvalidOperationException("A signed-in session must end before another begins.");

    public async Task RemoveAsync(string key)
    {
        await using var delete = database.CreateCommand("delete from staff_sessions where key_hash = $1");
        delete.Parameters.AddWithValue(HashOf(key));
        await delete.ExecuteNonQueryAsync();
    }

    // Null when it ended at this moment.
    private async Task<DateTimeOffset?> ProlongAsync(byte[] hash, DateTimeOffset now)
    {
        await using var update = database.CreateCommand(
            """
            update staff_sessions
            set last_seen_at = $2, expires_at = least($3, created_at + $4)
            where key_hash = $1
            returning expires_at
            """);
        update.Parameters.AddWithValue(hash);
        update.Parameters.AddWithValue(now);
        update.Parameters.AddWithValue(now + longestIdle);
        update.Parameters.AddWithValue(Longest);
        return await update.ExecuteScalarAsync() is DateTime ends ? new DateTimeOffset(ends, TimeSpan.Zero) : null;
    }

    private static byte[] HashOf(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));
}
