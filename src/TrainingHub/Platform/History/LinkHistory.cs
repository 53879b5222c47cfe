using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform;

/// <summary>
/// Links new entries of history to its chain, in the order in which they are seen after their transactions. The database does it, by the
/// rights of the tables' owner; this only says when. The new seal goes into the log, which is a copy outside the database. If it dies
/// half-way the entries wait for the next run; two at once take turns.
/// </summary>
internal sealed partial class LinkHistory(NpgsqlDataSource database, ILogger<LinkHistory> logger) : IJob
{
    private const int AtOnce = 5_000;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (all, linked) = (0, AtOnce);
        while (linked == AtOnce)
        {
            await using var link = database.CreateCommand("select link_history($1)");
            link.Parameters.AddWithValue(AtOnce);
            linked = (int)(await link.ExecuteScalarAsync(ct))!;
            all += linked;
        }

        if (all > 0)
        {
            var seal = (await HistorySeal.ReadAsync(database, ct)).Words;
            LogSealed(all, seal);
        }

        return all;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} entries of history linked; the seal is now {Seal}")]
    private partial void LogSealed(int count, string seal);
}
