using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Platform;

/// <summary>History that was written before there was a chain is in it afterwards, without the names of staff.</summary>
public sealed class HistoryBeforeTheChainTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migration_HistoryWithNames_IsChainedInItsOrderWithoutThem()
    {
        await using var database = NpgsqlDataSource.Create(TablesOwner.Of(await databases.CreateEmptyAsync()));
        await Migrator.ApplyBeforeAsync(database, "0073", Ct);
        await DoAsync(
            database,
            """
            insert into staff_users (id, name, created_at, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ('00000000-0000-0000-0000-00000000000a', 'Ann Now', now(), false, false, false, false, 0);
            insert into history_entries (id, at, actor_id, actor, record_type, record_id, act, changes)
            select gen_random_uuid(), timestamptz '2026-01-01' - n * interval '1 hour',
                case n when 1 then '00000000-0000-0000-0000-00000000000a' when 2 then '00000000-0000-0000-0000-00000000000b' else '00000000-0000-0000-0000-000000000000' end::uuid,
                case n when 1 then 'Ann Then' when 2 then 'Ben Gone' else 'Automatic work' end,
                'StaffUser', gen_random_uuid(), 'Name changed', '[{"What":"Name","Before":"Ann Then","After":"Ann Now"}]'
            from generate_series(1, 3) n;
            """);

        await Migrator.ApplyAsync(database, Ct);

        Assert.Equal(
            "Automatic work, Former member of staff, Ann Now",
            await TextAsync(database, "select string_agg(actor, ', ' order by number) from history join history_links on entry_id = id"));
        Assert.Equal(0L, await TextAsync(database, "select count(*) from history_entries entry where entry::text like '%Ann%' or entry::text like '%Ben%'"));
        Assert.Equal("""[{"What": "Name", "After": "another", "Before": "known"}]""", await TextAsync(database, "select changes::text from history_entries limit 1"));
        Assert.Equal(3L, await TextAsync(database, "select number from history_heads"));
        Assert.DoesNotContain(await Audit.RunAsync(database, TestClock.Start, Ct), line => line.IsWrong);
    }

    private static async Task DoAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<object?> TextAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
