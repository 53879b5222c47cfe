using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Web;

/// <summary>Removes the sessions of addresses that have ended. One statement: if it dies nothing is removed, and a second run finds nothing.</summary>
internal sealed class PruneAddressSessions(NpgsqlDataSource database, SessionClock clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from address_sessions where expires_at <= $1");
        delete.Parameters.AddWithValue(clock.GetUtcNow());
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
