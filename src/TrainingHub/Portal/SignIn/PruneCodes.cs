using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Portal;

/// <summary>Removes codes that have run out. One statement: if it dies nothing is removed, and a second run finds nothing.</summary>
internal sealed class PruneCodes(NpgsqlDataSource database, SessionClock sessions) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from sign_in_codes where expires_at <= $1");
        delete.Parameters.AddWithValue(sessions.GetUtcNow());
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
