using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Removes the counts of subjects that have not tried anything for two days, longer than any bound looks back. One statement: if it
/// dies nothing is removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneTries(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    public static TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from recent_tries where last_at < $1");
        delete.Parameters.AddWithValue(clock.GetUtcNow() - Kept);
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
