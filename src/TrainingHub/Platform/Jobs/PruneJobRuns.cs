using Npgsql;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// Removes records of runs older than 14 days; failures stay for 90. One statement: if it dies half-way nothing was
/// removed, and a second run finds nothing.
/// </summary>
internal sealed class PruneJobRuns(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand(
            """
            delete from job_runs
            where started_at < $1
            or (started_at < $2 and error is null)
            """);
        delete.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-90));
        delete.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-14));
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
