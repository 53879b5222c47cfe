using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TrainingHub.Load.Database;

/// <summary>Reads single values, and gives ids that pgbench can work out as well.</summary>
internal static class Rows
{
    /// <summary>Brings the planner up to date after many rows came in.</summary>
    public static async Task TidyAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        foreach (var tidy in (string[])["vacuum analyze", "checkpoint"])
        {
            await using var command = database.CreateCommand(tidy);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public static async Task<T> OneAsync<T>(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(ct) ?? throw new InvalidOperationException($"Nothing came from {sql}."));
    }

    public static async Task<Guid[]> IdsAsync(NpgsqlDataSource database, string table, CancellationToken ct) =>
        await OneAsync<Guid[]>(database, $"select array_agg(id order by id) from {table}", ct);

    /// <summary>The id that SQL gives by md5('…')::uuid.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "It makes ids that SQL can make too, and keeps no secret.")]
    public static Guid IdOf(string name) => Guid.ParseExact(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name))), "N");
}
