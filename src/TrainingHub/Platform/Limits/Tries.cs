using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TrainingHub.Platform;

/// <summary>How many tries of a kind one subject has within any span of this length.</summary>
/// <param name="What">Stored, so it never changes. Bounds that share it share their count.</param>
internal sealed record TryBound(string What, int Most, TimeSpan Within);

/// <summary>
/// Counts tries in the database, so that all nodes share the count. Looking and counting is one statement: however many come at once,
/// no more than the bound are let through. The span slides, so no border between two spans lets twice as many through.
/// </summary>
internal sealed class Tries(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Looks and counts in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } =
        """
        insert into recent_tries as known (what, subject, at, last_at)
        values ($1, $2, array[$3], $3)
        on conflict (what, subject) do update
        set at = array(select one from unnest(known.at) as one where one > $4) || excluded.at, last_at = excluded.last_at
        where (select count(*) from unnest(known.at) as one where one > $4) < $5
        """;

    /// <returns>Null when the try was counted; else when the next one is let through, and nothing was counted.</returns>
    public async Task<DateTimeOffset?> TakeAsync(TryBound bound, string subject, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var count = Command(Guard, bound, subject);
        count.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        count.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - bound.Within });
        count.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bound.Most });
        return await count.ExecuteNonQueryAsync(ct) == 1 ? null : await NextAsync(bound, subject, now, ct);
    }

    /// <summary>The latest try does not count: it was no failure.</summary>
    public async Task GiveBackAsync(TryBound bound, string subject, CancellationToken ct)
    {
        await using var update = Command("update recent_tries set at = trim_array(at, 1) where what = $1 and subject = $2 and cardinality(at) > 0", bound, subject);
        await update.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The subject starts anew.</summary>
    public async Task ForgetAsync(TryBound bound, string subject, CancellationToken ct)
    {
        await using var delete = Command("delete from recent_tries where what = $1 and subject = $2", bound, subject);
        await delete.ExecuteNonQueryAsync(ct);
    }

    public static byte[] SubjectOf(string subject) => SHA256.HashData(Encoding.UTF8.GetBytes(subject));

    private async Task<DateTimeOffset> NextAsync(TryBound bound, string subject, DateTimeOffset now, CancellationToken ct)
    {
        await using var oldest = Command("select at[greatest(1, cardinality(at) - $3 + 1)] from recent_tries where what = $1 and subject = $2", bound, subject);
        oldest.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bound.Most });
        return (await oldest.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : now) + bound.Within;
    }

    private NpgsqlCommand Command(string sql, TryBound bound, string subject)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = bound.What });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SubjectOf(subject) });
        return command;
    }
}
