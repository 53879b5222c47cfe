using Npgsql;
using Xunit;

namespace TrainingHub.Tests;

/// <summary>
/// Makes clients meet: whoever writes to a table waits until all of them do. What a missing guard does is then seen on any
/// machine, and not only when two happen to meet.
/// </summary>
internal static class Gate
{
    public static async Task MeetAsync(NpgsqlDataSource database, string table, int clients, Func<Task> client)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var close = new NpgsqlCommand($"lock table {table} in share mode", connection, transaction))
        {
            await close.ExecuteNonQueryAsync(ct);
        }

        var all = Enumerable.Range(0, clients).Select(_ => Task.Run(client, ct)).ToList();
        await BehindAsync(database, clients, all);
        await transaction.CommitAsync(ct);
        await Task.WhenAll(all);
    }

    /// <summary>Until so many wait for a lock in this database, or one of them is done, which then says why.</summary>
    public static async Task BehindAsync(NpgsqlDataSource database, int clients, IReadOnlyCollection<Task> all)
    {
        var ct = TestContext.Current.CancellationToken;
        // On a connection of its own: a transaction sees only the activity of when it first looked.
        await using var waiting = database.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        while (!all.Any(one => one.IsCompleted) && await waiting.ExecuteScalarAsync(ct) is long behind && behind < clients)
        {
            await Task.Delay(10, ct);
        }
    }
}
