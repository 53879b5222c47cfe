using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TrainingHub.Load.Database;

/// <summary>Puts rows in many at a time, and reads single values.</summary>
internal static class Rows
{
    /// <summary>Runs an SQL file of this program, then brings the planner up to date.</summary>
    public static async Task AddAsync(NpgsqlDataSource database, string file, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var command = new NpgsqlCommand(Resource.Read(file), connection))
        {
            command.Parameters.AddWithValue("now", TimeProvider.System.GetUtcNow());
            await command.ExecuteNonQueryAsync(ct);
        }

        foreach (var tidy in (string[])["vacuum analyze", "checkpoint"])
        {
            await using var command = new NpgsqlCommand(tidy, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public static async Task<T> OneAsync<T>(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(ct) ?? throw new InvalidOperationException($"Nothing came from {sql}."));
    }

    /// <summary>The id that the SQL files give by md5('…')::uuid.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "It makes ids that SQL can make too, and keeps no secret.")]
    public static Guid IdOf(string name) => Guid.ParseExact(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name))), "N");
}
