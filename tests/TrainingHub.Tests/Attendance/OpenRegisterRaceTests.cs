using Npgsql;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>The last mark of a register, while somebody else is confirmed on the date: it stays open, or nobody would mark them.</summary>
public sealed class OpenRegisterRaceTests(TestDatabase databases)
{
    private const string WithoutTheGuard =
        """
        create or replace function close_registers() returns trigger language plpgsql as $$
        begin
            update course_runs run
            set is_register_done = true
            where run.id in (select place.run_id from added join places place on place.id = added.place_id)
              and not exists (
                  select from places place
                  left join attendance_marks mark on mark.place_id = place.id
                  where place.run_id = run.id and place.state = 'Confirmed' and mark.place_id is null);
            return null;
        end
        $$
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LastMark_WhileAnotherIsConfirmed_LeavesItOpen() => Assert.False(await RaceAsync(before: "select 1"));

    [Fact]
    public async Task LastMark_WhileAnotherIsConfirmed_WithoutTheGuard_ClosesIt() => Assert.True(await RaceAsync(WithoutTheGuard));

    [Fact]
    public async Task LastMark_WhenNobodyElseIsThere_ClosesIt()
    {
        await using var database = NpgsqlDataSource.Create(await databases.CreateAsync());
        var given = new Given(database, new TestClock(), Token);
        var run = await given.RunAsync((await given.CourseAsync()).Id, new DateOnly(2026, 10, 1));
        var place = (await given.PlacesAsync(run, new GivenDelegate("Only One")))[0].Place.Id;

        await given.MarkAsync(place, TestClock.Start);

        Assert.True(await IsDoneAsync(database, run.Id));
    }

    /// <returns>Whether the register is said to be done, while one of its two places has no mark.</returns>
    private async Task<bool> RaceAsync(string before)
    {
        await using var database = NpgsqlDataSource.Create(await databases.CreateAsync());
        await ExecuteAsync(database, before);
        var given = new Given(database, new TestClock(), Token);
        var run = await given.RunAsync((await given.CourseAsync()).Id, new DateOnly(2026, 10, 1));
        var places = await given.PlacesAsync(run, new GivenDelegate("First One"), new GivenDelegate("Second One"));
        await ExecuteAsync(database, $"update places set state = 'Held' where id = '{places[1].Place.Id}'");
        await using var other = await database.OpenConnectionAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await using var confirm = new NpgsqlCommand(
            $"select from course_runs where id = '{run.Id}' for no key update; update places set state = 'Confirmed' where id = '{places[1].Place.Id}'", other, transaction);
        await confirm.ExecuteNonQueryAsync(Token);

        var marking = given.MarkAsync(places[0].Place.Id, TestClock.Start);
        await WaitsOrIsDoneAsync(database, marking);
        await transaction.CommitAsync(Token);
        await marking;

        return await IsDoneAsync(database, run.Id);
    }

    private static async Task WaitsOrIsDoneAsync(NpgsqlDataSource database, Task marking)
    {
        await using var waiting = database.CreateCommand("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        while (!marking.IsCompleted && !(bool)(await waiting.ExecuteScalarAsync(Token))!)
        {
            await Task.Yield();
        }
    }

    private static async Task<bool> IsDoneAsync(NpgsqlDataSource database, Guid run)
    {
        await using var command = database.CreateCommand($"select is_register_done from course_runs where id = '{run}'");
        return (bool)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.Owner().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
