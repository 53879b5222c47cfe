using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Forgets how an act could be undone once it cannot be any more. History keeps the act. One statement: if it dies nothing is removed,
/// and a second run finds nothing.
/// </summary>
internal sealed class PruneUndo(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from undoable_acts where at < $1");
        delete.Parameters.AddWithValue(clock.GetUtcNow() - UndoableAct.KeptFor);
        return await delete.ExecuteNonQueryAsync(ct);
    }
}
