using Npgsql;
using Xunit;

namespace TrainingHub.Tests;

/// <summary>
/// Makes clients meet: whoever comes to the gate waits until all of them do. What a missing guard does is then seen on any
/// machine, and not only when two happen to meet.
/// </summary>
internal static class Gate
{
    /// <summary>The gate is before the first writing to a table.</summary>
    public static Task MeetAsync(NpgsqlDataSource database, string table, int clients, Func<Task> client) =>
        MeetBehindAsync(database, Closed(table), [.. Enumerable.Repeat(client, clients)]);

    /// <summary>The same for clients that do different things.</summary>
    public static Task MeetAsync(NpgsqlDataSource database, string table, IReadOnlyCollection<Func<Task>> clients) => MeetBehindAsync(database, Closed(table), clients);

    /// <summary>
    /// The gate is a row that each of them changes: a statement that looks and writes has looked by then, and writes once the gate
    /// is open.
    /// </summary>
    public static Task MeetAtRowAsync(NpgsqlDataSource database, string table, Guid row, IReadOnlyCollection<Func<Task>> clients) =>
        MeetBehindAsync(database, Closed(table, row), clients);

    /// <summary>One waits before the first writing to a table while the other does what it can; then the gate opens.</summary>
    public static Task OvertakeAsync(NpgsqlDataSource database, string table, Func<Task> waiting, Func<Task> overtaking) =>
        OvertakeBehindAsync(database, Closed(table), waiting, overtaking);

    /// <summary>The same where both write to that table: the gate is a row that only the one who waits refers to.</summary>
    public static Task OvertakeAtRowAsync(NpgsqlDataSource database, string table, Guid row, Func<Task> waiting, Func<Task> overtaking) =>
        OvertakeBehindAsync(database, Closed(table, row), waiting, overtaking);

    /// <summary>Until so many wait for a lock in this database, or one of them is done, which then says why.</summary>
    public static async Task BehindAsync(NpgsqlDataSource database, int clients, IReadOnlyCollection<Task> all)
    {
        var ct = TestContext.Current.CancellationToken;
        // On a connection of its own: a transaction sees only the activity of when it first looked.
        await using var waiting = database.Owner().CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        while (!all.Any(one => one.IsCompleted) && await waiting.ExecuteScalarAsync(ct) is long behind && behind < clients)
        {
            await Task.Delay(10, ct);
        }
    }

    private static async Task OvertakeBehindAsync(NpgsqlDataSource database, string close, Func<Task> waiting, Func<Task> overtaking)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await database.Owner().OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CloseAsync(connection, transaction, close);
        var first = Task.Run(waiting, ct);
        await BehindAsync(database, 1, [first]);
        var second = Task.Run(overtaking, ct);
        await BehindAsync(database, 2, [first, second]);
        await transaction.CommitAsync(ct);
        await Task.WhenAll(first, second);
    }

    private static async Task MeetBehindAsync(NpgsqlDataSource database, string close, IReadOnlyCollection<Func<Task>> clients)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await database.Owner().OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CloseAsync(connection, transaction, close);
        var all = clients.Select(client => Task.Run(client, ct)).ToList();
        await BehindAsync(database, all.Count, all);
        await transaction.CommitAsync(ct);
        await Task.WhenAll(all);
    }

    private static string Closed(string table) => $"lock table {table} in share mode";

    private static string Closed(string table, Guid row) => $"select from {table} where id = '{row}' for update";

    private static async Task CloseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string close)
    {
        await using var command = new NpgsqlCommand(close, connection, transaction);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
