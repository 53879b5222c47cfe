using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.People;

/// <summary>
/// Asks the provider about every session that a work account began, so that whoever is closed there at 10:00 is signed out here well
/// before 10:05, whatever they do or do not do. Sessions of which nobody could ask for too long end. If it dies half-way, the next run
/// asks about the others; a second run at once finds nothing to ask.
/// </summary>
internal sealed class CheckWorkAccounts(
    NpgsqlDataSource database, CheckWorkAccount check, EndWorkAccountSessions end, SessionClock clock, IOptions<SingleSignOnOptions> options) : IJob
{
    // A little less than the time between two runs, so that each run asks about all.
    private static readonly TimeSpan Since = TimeSpan.FromSeconds(90);

    private const int AtOnce = 4;

    public static TimeSpan Every => TimeSpan.FromMinutes(2);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        // Also those of a provider that is set no more.
        var ended = await end.UncheckedAsync(clock.GetUtcNow() - CheckWorkAccount.Grace, ct);
        if (!options.Value.IsOn)
        {
            return ended;
        }

        var due = await DueAsync(ct);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (key, stop) => await check.MayStayAsync(key, Since, stop));
        return ended + due.Count;
    }

    private async Task<List<byte[]>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var query = database.CreateCommand("select key_hash from staff_sessions where checked_at <= $1 and expires_at > $2 order by checked_at limit 2000");
        query.Parameters.AddWithValue(now - Since);
        query.Parameters.AddWithValue(now);
        await using var reader = await query.ExecuteReaderAsync(ct);
        var due = new List<byte[]>();
        while (await reader.ReadAsync(ct))
        {
            due.Add(reader.GetFieldValue<byte[]>(0));
        }

        return due;
    }
}
