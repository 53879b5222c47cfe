using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Removes private links that are out of date, whatever they opened: such a link and an unknown one get the same page, which says how
/// to get a new one. One statement: if it dies half-way nothing was removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneLinks(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from secret_links where expires_at <= $1");
        delete.Parameters.AddWithValue(clock.GetUtcNow());
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
