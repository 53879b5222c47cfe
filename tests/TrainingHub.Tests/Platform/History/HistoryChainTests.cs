using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Platform;

/// <summary>The chain of history under many writers, and what a seal proves.</summary>
public sealed class HistoryChainTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly Guid record = Guid.CreateVersion7();
    private NpgsqlDataSource database = null!;
    private int before;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(await databases.CreateAsync());
        // What was written while the template was made.
        before = await LinkAsync(100);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task SixteenWriters_WithThreeLinkers_NeverWaitForEachOtherAndTheChainHolds()
    {
        const int writers = 16, transactions = 12, entries = 5;
        using var written = new CancellationTokenSource();
        var linkers = Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                while (!written.IsCancellationRequested)
                {
                    await LinkAsync(7);
                }
            },
            Ct)).ToList();

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                for (var number = 0; number < transactions; number++)
                {
                    // Every fourth is taken back.
                    await WriteAsync(entries, commit: (writer + number) % 4 != 0);
                }
            },
            Ct)));
        await written.CancelAsync();
        await Task.WhenAll(linkers);
        while (await LinkAsync(1000) > 0)
        {
        }

        var kept = before + (writers * transactions * entries * 3 / 4);
        Assert.Equal(kept, await CountAsync("select count(*) from history_entries"));
        Assert.Equal(kept, await CountAsync("select count(*) from history_links"));
        Assert.Equal(kept, await CountAsync("select max(number) from history_links"));
        Assert.Equal(0, await CountAsync("select count(*) from history_waiting"));
        Assert.Empty(await BrokenAsync());
    }

    [Fact]
    public async Task Writer_WhileALinkerIsAtWork_DoesNotWait()
    {
        await WriteAsync(3, commit: true);
        await using var linking = await database.OpenConnectionAsync(Ct);
        await using var transaction = await linking.BeginTransactionAsync(Ct);
        await using var link = new NpgsqlCommand("select link_history(10)", linking, transaction);
        await link.ExecuteScalarAsync(Ct);

        await using var hasty = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c lock_timeout=100" }.ConnectionString);
        await WriteAsync(2, commit: true, hasty);
        await transaction.CommitAsync(Ct);

        Assert.Equal(2, await LinkAsync(10));
        Assert.Empty(await BrokenAsync());
    }

    [Fact]
    public async Task TwoLinkers_AtOnce_TakeTurns()
    {
        await MeetAsync();

        Assert.Equal(before + 4, await CountAsync("select count(*) from history_links"));
        Assert.Empty(await BrokenAsync());
    }

    [Fact]
    public async Task TwoLinkers_WithoutTheLockOfTheHead_ForkTheChain()
    {
        await using var read = database.CreateCommand("select pg_get_functiondef('link_history(integer)'::regprocedure)");
        var unguarded = Unguarded.Instead((string)(await read.ExecuteScalarAsync(Ct))!, "for update", "");
        await OwnAsync("alter table history_links drop constraint pk_history_links; drop index ux_history_links_entry_id; " + unguarded);

        await MeetAsync();

        Assert.Contains(await BrokenAsync(), line => line.StartsWith("The chain of history has no break", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seal_NotedBefore_TellsThatAllWasWrittenAnew()
    {
        await WriteAsync(4, commit: true);
        await LinkAsync(100);
        var seal = await HistorySeal.ReadAsync(database, Ct);
        await WriteAsync(2, commit: true);
        await LinkAsync(100);
        Assert.True(await seal.HoldsAsync(database, Ct));
        Assert.Equal(0, await AuditAsync(seal.Words));

        await OwnAsync(
            """
            alter table history_entries disable trigger user;
            alter table history_links disable trigger user;
            update history_entries set act = 'Other' where id = (select entry_id from history_links where number = 2);
            insert into history_waiting (entry_id) select entry_id from history_links;
            delete from history_links;
            update history_heads set number = 0, hash = sha256('');
            """);
        await LinkAsync(100);

        Assert.Empty(await BrokenAsync());
        Assert.Equal(0, await AuditAsync());
        Assert.False(await seal.HoldsAsync(database, Ct));
        Assert.Equal(1, await AuditAsync(seal.Words));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12:abc")]
    [InlineData("-1:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("1:zf86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void Seal_OtherWords_AreNone(string words) => Assert.Null(HistorySeal.Parse(words));

    [Fact]
    public void Seal_ItsWords_AreReadAsTheyWereWritten()
    {
        var seal = new HistorySeal(1234, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

        Assert.Equal(seal, HistorySeal.Parse(seal.Words.ToUpperInvariant()));
    }

    private async Task MeetAsync()
    {
        await WriteAsync(4, commit: true);
        await Gate.MeetAsync(database, "history_links", 2, () => LinkAsync(100));
    }

    private async Task WriteAsync(int count, bool commit, NpgsqlDataSource? by = null)
    {
        await using var connection = await (by ?? database).OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await CopyHistory.RunAsync(
            connection,
            Enumerable.Range(1, count).Select(number => HistoryEntry.New<Venue>(record, Actor.CommandLine, "Changed", [new("Room", null, $"Suite {number}")], TestClock.Start)),
            Ct);
        if (commit)
        {
            await transaction.CommitAsync(Ct);
        }
    }

    private async Task<int> LinkAsync(int most)
    {
        await using var link = database.CreateCommand($"select link_history({most})");
        return (int)(await link.ExecuteScalarAsync(Ct))!;
    }

    private async Task OwnAsync(string sql)
    {
        await using var command = database.Owner().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<List<string>> BrokenAsync() =>
        [.. (await Audit.RunAsync(database, TestClock.Start, Ct)).Where(line => line.Broken > 0).Select(line => $"{line.Invariant}: {line.Example}")];

    private Task<int> AuditAsync(params string[] seals) => new AuditVerb(database, new TestClock()).RunAsync(seals, Ct);
}
