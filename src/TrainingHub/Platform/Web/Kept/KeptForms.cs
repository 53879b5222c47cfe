using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Keeps what somebody typed for an hour, so that a session that ended costs nobody their work: encrypted under a secret that only the
/// browser has, at most five forms of a person, and each is sent once. It goes by the clock of sessions.
/// </summary>
internal sealed class KeptForms(NpgsqlDataSource database, IDataProtectionProvider protection, SessionClock clock)
{
    /// <summary>Names and values together; the longest form of ours has a quarter of it.</summary>
    public const int MostCharacters = 100_000;
    public const int MostOfOnePerson = 5;
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Looks and marks in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } =
        """
        update kept_forms
        set sent_at = $5
        where id = $1 and key_hash = $2 and staff_user_id = $3 and expires_at > $4 and sent_at is null
        """;

    /// <returns>Its id, or null when it is too much.</returns>
    public async Task<Guid?> KeepAsync(KeptKey key, KeptContent content, CancellationToken ct)
    {
        if (content.Address.Length + content.Token.Length + content.Fields.Sum(field => field.Name.Length + field.Value.Length) > MostCharacters)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var insert = Command(
            """
            with gone as (
                delete from kept_forms
                where expires_at <= $4
                or id in (select id from kept_forms where staff_user_id = $3 order by created_at desc, id desc offset $7)
            )
            insert into kept_forms (id, key_hash, staff_user_id, created_at, expires_at, body)
            values ($1, $2, $3, $4, $5, $6)
            """, id, key, now);
        insert.Parameters.AddWithValue(now + Life);
        insert.Parameters.AddWithValue(Protector(key).Protect(JsonSerializer.SerializeToUtf8Bytes(content)));
        insert.Parameters.AddWithValue(MostOfOnePerson - 1);
        await insert.ExecuteNonQueryAsync(ct);
        return id;
    }

    /// <returns>Null when there is none for this person in this browser, or it was sent.</returns>
    public async Task<KeptContent?> ReadAsync(Guid id, KeptKey key, CancellationToken ct)
    {
        await using var query = Command(
            "select body from kept_forms where id = $1 and key_hash = $2 and staff_user_id = $3 and expires_at > $4 and sent_at is null",
            id, key, clock.GetUtcNow());
        try
        {
            return await query.ExecuteScalarAsync(ct) is byte[] body ? JsonSerializer.Deserialize<KeptContent>(Protector(key).Unprotect(body)) : null;
        }
        catch (CryptographicException)
        {
            // Its key was withdrawn meanwhile.
            return null;
        }
    }

    /// <summary>Before it is acted on: of several that send it one does.</summary>
    public async Task<bool> TakeAsync(Guid id, KeptKey key, CancellationToken ct)
    {
        if (await ReadAsync(id, key, ct) is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await using var take = Command(Guard, id, key, now);
        take.Parameters.AddWithValue(now);
        return await take.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>It was acted on, or refused with what was typed shown again.</summary>
    public async Task RemoveAsync(Guid id)
    {
        await using var delete = database.CreateCommand("delete from kept_forms where id = $1");
        delete.Parameters.AddWithValue(id);
        await delete.ExecuteNonQueryAsync();
    }

    /// <summary>Acting on it failed, and nothing was done.</summary>
    public async Task GiveBackAsync(Guid id)
    {
        await using var update = database.CreateCommand("update kept_forms set sent_at = null where id = $1");
        update.Parameters.AddWithValue(id);
        await update.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, Guid id, KeptKey key, DateTimeOffset now)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(SHA256.HashData(Encoding.UTF8.GetBytes(key.Secret)));
        command.Parameters.AddWithValue(key.StaffUserId);
        command.Parameters.AddWithValue(now);
        return command;
    }

    private IDataProtector Protector(KeptKey key) => protection.CreateProtector("KeptForm", $"{key.StaffUserId:N}", key.Secret);
}
