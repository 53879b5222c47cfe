using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Applies the numbered .sql files in order, each once and in a transaction of its own, under one advisory lock: of several
/// nodes that start together one applies and the others wait. Throws when a merged file was changed, or when the database is
/// newer than this build. Source: measured against EF migrations, which fail when two nodes start at once.
/// </summary>
internal static class Migrator
{
    private const long LockKey = 0x7472_6169_6e68_7562;
    private const string Prefix = "TrainingHub.Migrations.";

    /// <returns>How many files were applied.</returns>
    public static Task<int> ApplyAsync(NpgsqlDataSource database, CancellationToken ct) => ApplyAsync(database, _ => true, (_, _) => Task.CompletedTask, ct);

    /// <param name="database"></param>
    /// <param name="finish">What else is done to the tables, under the same lock; also when no file was applied.</param>
    /// <param name="ct"></param>
    public static Task<int> ApplyAsync(NpgsqlDataSource database, Func<NpgsqlConnection, CancellationToken, Task> finish, CancellationToken ct) =>
        ApplyAsync(database, _ => true, finish, ct);

    /// <summary>The first file that was not applied yet; null when the database is as this build has it.</summary>
    public static async Task<string?> FirstPendingAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var exists = new NpgsqlCommand("select to_regclass('public.schema_migrations') is not null", connection);
        var applied = await exists.ExecuteScalarAsync(ct) is true ? await ReadAppliedAsync(connection, ct) : [];
        var files = Files();
        Check(files, applied);
        return files.Find(file => !applied.ContainsKey(file.Name))?.Name;
    }

    /// <summary>Stops before a file, such as "0016": a test fills the older schema and then applies the rest.</summary>
    internal static Task<int> ApplyBeforeAsync(NpgsqlDataSource database, string number, CancellationToken ct) =>
        ApplyAsync(database, file => string.CompareOrdinal(file.Name, number) < 0, (_, _) => Task.CompletedTask, ct);

    private static async Task<int> ApplyAsync(
        NpgsqlDataSource database, Func<MigrationFile, bool> isWanted, Func<NpgsqlConnection, CancellationToken, Task> finish, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", ct);
        try
        {
            await ExecuteAsync(
                connection,
                "create table if not exists schema_migrations (name text primary key, hash text not null, applied_at timestamptz not null)",
                ct);
            var applied = await ReadAppliedAsync(connection, ct);
            var files = Files();
            Check(files, applied);
            var pending = files.Where(file => !applied.ContainsKey(file.Name) && isWanted(file)).ToList();
            foreach (var file in pending)
            {
                await ApplyAsync(connection, file, ct);
            }

            if (pending.Count > 0)
            {
                await connection.ReloadTypesAsync(ct);
            }

            await finish(connection, ct);
            return pending.Count;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static void Check(List<MigrationFile> files, Dictionary<string, string> applied)
    {
        foreach (var file in files)
        {
            if (applied.TryGetValue(file.Name, out var hash) && hash != file.Hash)
            {
                throw new InvalidOperationException($"Migration {file.Name} was changed after it was applied. Add a new file instead.");
            }
        }

        var unknown = applied.Keys.Except(files.Select(file => file.Name)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new InvalidOperationException($"The database has migration {unknown}, which this build does not know: run a newer build.");
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, file.Sql, ct);
        await using var record = new NpgsqlCommand(
            "insert into schema_migrations (name, hash, applied_at) values ($1, $2, clock_timestamp())", connection)
        {
            Parameters = { new() { Value = file.Name }, new() { Value = file.Hash } },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<Dictionary<string, string>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select name, hash from schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            applied[reader.GetString(0)] = reader.GetString(1);
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static List<MigrationFile> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static MigrationFile Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd();
        return new(resource[Prefix.Length..], sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    private sealed record MigrationFile(string Name, string Sql, string Hash);
}
