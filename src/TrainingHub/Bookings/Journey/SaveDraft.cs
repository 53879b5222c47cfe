using Npgsql;
using NpgsqlTypes;
using TrainingHub.Platform.Data;

namespace TrainingHub.Bookings;

/// <summary>
/// Keeps what somebody has typed so far. However many drafts are begun, those of one network stay within <see cref="MostOfNetwork"/>
/// bytes and all together within <see cref="MostOfAll"/>: the oldest of the same network make room, and where that is not enough those
/// of the network that has most. What is kept of the whole may be a second old on each node.
/// </summary>
internal sealed class SaveDraft(NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    public const int MostOfNetwork = 900_000;

    /// <summary>Some way below 100 MB, since several nodes count for themselves between two looks.</summary>
    public const long MostOfAll = 90_000_000;

    private const int RowBytes = 256;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim looking = new(1);
    private long bytesOfAll;
    private long lookedAt = long.MinValue;

    /// <summary>Room is made before anything is kept. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = SqlFile.Read("TrainingHub.Bookings.Sql.SaveDraft.sql");

    public async Task RunAsync(BookingDraft draft, CancellationToken ct)
    {
        await MakeRoomAsync(draft.Bytes + RowBytes, ct);
        await using var save = database.CreateCommand(Guard);
        save.Parameters.Add(new NpgsqlParameter<byte[]>("key_hash", draft.KeyHash));
        save.Parameters.Add(new NpgsqlParameter<Guid>("run_id", draft.RunId));
        save.Parameters.Add(new NpgsqlParameter<Guid>("booking_id", draft.BookingId));
        save.Parameters.Add(new NpgsqlParameter<string>("answers", draft.Answers));
        save.Parameters.Add(new NpgsqlParameter<DateTimeOffset>("expires_at", draft.ExpiresAt));
        save.Parameters.Add(new NpgsqlParameter("network_hash", NpgsqlDbType.Bytea) { Value = draft.NetworkHash ?? (object)DBNull.Value });
        save.Parameters.Add(new NpgsqlParameter<int>("bytes", draft.Bytes));
        save.Parameters.Add(new NpgsqlParameter<int>("row_bytes", RowBytes));
        save.Parameters.Add(new NpgsqlParameter<int>("most_bytes", MostOfNetwork));
        await save.ExecuteNonQueryAsync(ct);
    }

    public void Dispose() => looking.Dispose();

    private async Task MakeRoomAsync(int bytes, CancellationToken ct)
    {
        var together = Interlocked.Add(ref bytesOfAll, bytes);
        if (together <= MostOfAll && lookedAt != long.MinValue && clock.GetElapsedTime(lookedAt) < LookEvery)
        {
            return;
        }

        await looking.WaitAsync(ct);
        try
        {
            bytesOfAll = await LookAsync(ct) + bytes;
            while (bytesOfAll > MostOfAll && await DropLargestAsync(ct) > 0)
            {
                bytesOfAll = await LookAsync(ct) + bytes;
            }

            lookedAt = clock.GetTimestamp();
        }
        finally
        {
            looking.Release();
        }
    }

    private async Task<long> LookAsync(CancellationToken ct)
    {
        await using var look = database.CreateCommand("select coalesce(sum(bytes + $1), 0)::bigint from booking_drafts");
        look.Parameters.AddWithValue(RowBytes);
        return await look.ExecuteScalarAsync(ct) is long together ? together : 0;
    }

    /// <returns>How many drafts are gone.</returns>
    private async Task<int> DropLargestAsync(CancellationToken ct)
    {
        await using var drop = database.CreateCommand(
            """
            delete from booking_drafts
            where network_hash is not distinct from (
                select network_hash
                from booking_drafts
                group by network_hash
                order by sum(bytes) desc
                limit 1
            )
            """);
        return await drop.ExecuteNonQueryAsync(ct);
    }
}
