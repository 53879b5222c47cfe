using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform;

/// <summary>
/// The hash of one link of the chain of history, which says everything up to it. Whoever has noted one outside the database can prove later
/// that nothing before it was changed, not even by somebody who rewrote the whole chain. Written "1234:9f86d0…", 64 hexadecimal digits.
/// </summary>
/// <param name="Number">Of the link; 0 while there is none.</param>
/// <param name="Hash">SHA-256 in lower-case hexadecimal.</param>
internal sealed record HistorySeal(long Number, string Hash)
{
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");

    /// <returns>Null when it is none.</returns>
    public static HistorySeal? Parse(string words) =>
        words.Split(':') is [var number, { Length: 64 } hash] && hash.All(char.IsAsciiHexDigit)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? new(parsed, hash.ToLowerInvariant())
            : null;

    /// <summary>The last one.</summary>
    public static async Task<HistorySeal> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var query = database.CreateCommand("select number, encode(hash, 'hex') from history_heads");
        await using var reader = await query.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(reader.GetInt64(0), reader.GetString(1))
            : throw new InvalidOperationException("The head of history is gone.");
    }

    /// <summary>Those of entries, by the entries' ids; an entry that waits for its link has none yet.</summary>
    public static async Task<Dictionary<Guid, HistorySeal>> OfAsync(TrainingHubDb db, Guid[] entries, CancellationToken ct) =>
        await db.Database.SqlQuery<SealOfEntry>(
            $"""select entry_id as id, number, encode(hash, 'hex') as hash from history_links where entry_id = any({entries})""")
            .ToDictionaryAsync(link => link.Id, link => new HistorySeal(link.Number, link.Hash), ct);

    /// <summary>Whether the chain has the same hash there today.</summary>
    public async Task<bool> HoldsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var query = database.CreateCommand("select exists (select from history_links where number = $1 and encode(hash, 'hex') = $2)");
        query.Parameters.AddWithValue(Number);
        query.Parameters.AddWithValue(Hash);
        return await query.ExecuteScalarAsync(ct) is true;
    }

    private sealed record SealOfEntry(Guid Id, long Number, string Hash);
}
