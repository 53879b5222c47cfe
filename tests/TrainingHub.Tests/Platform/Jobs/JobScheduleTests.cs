using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TrainingHub.Platform.Jobs;
using Xunit;

namespace TrainingHub.Tests.Platform.Jobs;

/// <summary>The real scheduler on a real database, with jobs that count their runs.</summary>
public sealed class JobScheduleTests(TestDatabase databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedule_JobFails_RunsAgainAndOthersToo()
    {
        await using var node = await StartAsync(
            await databases.CreateAsync(),
            Job("Good", () => 1),
            Job("Bad", () => throw new InvalidOperationException("it is broken")));

        await UntilAsync(async () =>
            await CountAsync(node, "select count(*) from job_runs where job = 'Bad' and error like 'Something went wrong that the program does not expect.%'") >= 2
            && await CountAsync(node, "select count(*) from job_runs where job = 'Good' and handled = 1 and finished_at is not null") >= 2);
    }

    [Fact]
    public async Task Schedule_JobNoLongerListed_IsDeletedAtTheStart()
    {
        var database = await databases.CreateAsync();
        await using (var former = await StartAsync(database, Job("Former", () => 0), Job("Kept", () => 0)))
        {
            await UntilJobsAsync(former, "Former", "Kept");
        }

        await using var now = await StartAsync(database, Job("Kept", () => 0));

        await UntilJobsAsync(now, "Kept");
    }

    [Fact]
    public async Task Schedule_TwoNodes_EachJobRunsOnOneAtATime()
    {
        var (running, most, runs) = (0, 0, 0);
        var database = await databases.CreateAsync();
        async Task<int> Slow(CancellationToken ct)
        {
            var together = Interlocked.Increment(ref running);
            most = Math.Max(most, together);
            await Task.Delay(1500, ct);
            Interlocked.Decrement(ref running);
            return Interlocked.Increment(ref runs);
        }

        var slow = new JobEntry("Slow", TimeSpan.FromSeconds(1), (_, ct) => Slow(ct));
        await using var first = await StartAsync(database, slow);
        await using var second = await StartAsync(database, slow);

        await UntilAsync(() => Task.FromResult(Volatile.Read(ref runs) >= 3));

        Assert.Equal(1, most);
    }

    private static JobEntry Job(string name, Func<int> act) => new(name, TimeSpan.FromSeconds(1), (_, _) => Task.FromResult(act()));

    private static async Task<Node> StartAsync(string connectionString, params JobEntry[] jobs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        builder.Services.AddSingleton<JobRunner>();
        foreach (var job in jobs)
        {
            builder.Services.AddSingleton(job);
        }

        builder.Services.AddJobSchedule(TimeSpan.FromMilliseconds(200));
        var host = builder.Build();
        await host.StartAsync(Stop);
        return new Node(host);
    }

    private static async Task UntilJobsAsync(Node node, params string[] names)
    {
        using var connection = node.Services.GetRequiredService<JobStorage>().GetConnection();
        await UntilAsync(() => Task.FromResult(
            connection.GetRecurringJobs().Select(job => job.Id).Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal))));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(20, Stop);
        }
    }

    private static async Task<long> CountAsync(Node node, string sql)
    {
        await using var command = node.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop) is long count ? count : 0;
    }

    private sealed class Node(IHost host) : IAsyncDisposable
    {
        public IServiceProvider Services => host.Services;

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
    }
}
