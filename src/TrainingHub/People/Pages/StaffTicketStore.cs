using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages;

/// <summary>
/// Keeps sign-ins in staff_sessions: the cookie carries a random key, the table its hash. A session ends after an hour
/// without a request, after twelve hours whatever happens, at sign-out and when the account is closed; the row decides, so a
/// copied cookie is dead at that moment (OWASP ASVS 5.0, 7.3 and 7.4). In Demo, where a tester moves the clock by months, it goes
/// by the real time.
/// </summary>
internal sealed class StaffTicketStore(NpgsqlDataSource database, TimeProvider clock) : ITicketStore
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(1);

    // A row is not rewritten for every picture and page of the same minute.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>What sessions go by.</summary>
    public TimeProvider Clock { get; } = clock.Real();

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = Clock.GetUtcNow();
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
            insert into staff_sessions (key_hash, staff_user_id, ticket, created_at, last_seen_at, expires_at)
            values ($1, $2, $3, $4, $4, $5)
            """);
        insert.Parameters.AddWithValue(HashOf(key));
        insert.Parameters.AddWithValue(ticket.Principal.StaffId());
        insert.Parameters.AddWithValue(TicketSerializer.Default.Serialize(ticket));
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(now + LongestIdle);
        await insert.ExecuteNonQueryAsync();
        return key;
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var now = Clock.GetUtcNow();
        await using var query = database.CreateCommand(
            """
            select s.ticket, s.last_seen_at
            from staff_sessions s
            join staff_users u on u.id = s.staff_user_id
            where s.key_hash = $1
            and s.expires_at > $2
            and u.closed_at is null
            """);
        query.Parameters.AddWithValue(HashOf(key));
        query.Parameters.AddWithValue(now);
        await using var reader = await query.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            return null;
        }

        var ticket = TicketSerializer.Default.Deserialize(reader.GetFieldValue<byte[]>(0));
        var lastSeen = reader.GetFieldValue<DateTimeOffset>(1);
        await reader.CloseAsync();
        if (now - lastSeen >= Grain)
        {
            await ProlongAsync(key, now);
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

    private async Task ProlongAsync(string key, DateTimeOffset now)
    {
        await using var update = database.CreateCommand(
            """
            update staff_sessions
            set last_seen_at = $2, expires_at = least($3, created_at + $4)
            where key_hash = $1
            """);
        update.Parameters.AddWithValue(HashOf(key));
        update.Parameters.AddWithValue(now);
        update.Parameters.AddWithValue(now + LongestIdle);
        update.Parameters.AddWithValue(Longest);
        await update.ExecuteNonQueryAsync();
    }

    private static byte[] HashOf(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));
}
