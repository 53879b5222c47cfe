using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Removes what was typed and not sent within its hour; nobody could read it any more. One statement: if it dies nothing is removed, and
/// a second run finds nothing.
/// </summary>
internal sealed class PruneKeptForms(NpgsqlDataSource database, SessionClock clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from kept_forms where expires_at <= $1");
        delete.Parameters.AddWithValue(clock.GetUtcNow());
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
