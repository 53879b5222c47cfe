using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Data;

/// <summary>
/// A transaction, or the rest of the caller's, in which each statement is planned for the values that it has. Part of a name may be in three rows or in a third of them,
/// and a plan that suits both, as the server keeps one for a prepared statement, is slow for one of them. Nor is a plan compiled,
/// which takes longer than what it is for.
/// </summary>
internal static class PlannedAnew
{
    public static async Task<JoinedTransaction> BeginAsync(TrainingHubDb db, CancellationToken ct)
    {
        var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        await db.Database.ExecuteSqlRawAsync("set local plan_cache_mode = force_custom_plan; set local jit = off", ct);
        return transaction;
    }
}
