using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Platform.Data;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>A PostgreSQL of its own that is stopped in its tracks (SIGSTOP): it takes connections and says nothing.</summary>
public sealed class StoppedDatabaseTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("traininghub-stopped-");
    private PrivatePostgres? postgres;
    private TestApp? app;

    public async ValueTask InitializeAsync()
    {
        postgres = await PrivatePostgres.StartAsync(folder.FullName, programs: null, Token);
        app = new TestApp(postgres.ConnectionString);
        // A server of flesh and blood: the one in memory does not end an answer before its handler ends.
        app.UseKestrel(0);
        app.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        await postgres!.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Database_Stopped_IsSaidInTimeAndNothingIsReportedAsDone()
    {
        var world = await BookingWorld.MakeAsync(app!.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var check = await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann@stopped.example");
        var pids = Signal("STOP", Pids());
        try
        {
            var booking = TimedAsync(() => check.SubmitAsync());
            var page = TimedAsync(() => app.Browse().GetAsync("/sign-in"));
            var ready = TimedAsync(() => app.Browse().GetAsync("/health/ready"));
            await Task.WhenAll(booking, page, ready);
            var later = await TimedAsync(() => app.Browse().GetAsync($"/dates/{run}"));

            Assert.InRange((await ready).Seconds, 0, 2);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ready).Page.Status);
            Assert.InRange((await booking).Seconds, 0, 5);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "Sorry, the service is not available"), ((await booking).Page.Status, (await booking).Page.Heading));
            Assert.Contains("look for an email from us before you try again", (await booking).Page.Main, StringComparison.Ordinal);
            Assert.Equal("60", (await booking).Page.Response.Headers.RetryAfter?.ToString());
            Assert.InRange(later.Seconds, 0, 1);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, later.Page.Status);
            Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync("/health/live")).Status);
        }
        finally
        {
            Signal("CONT", pids);
        }

        await UntilAsync(async () => (await app.Browse().GetAsync("/health/ready")).Status == HttpStatusCode.OK);
        await UntilAsync(async () => (await app.Browse().GetAsync("/sign-in")).Status == HttpStatusCode.OK);
        // It may have been written all the same, once; sending it again leads to the same booking.
        var again = await check.SubmitAsync();
        Assert.Equal("Booking confirmed", again.Heading);
        Assert.Equal(1, await world.CountAsync("select count(*) from bookings"));
    }

    [Fact]
    public async Task Database_StoppedForManyVisitors_OpensNoMoreConnectionsThanThePool()
    {
        var pids = Signal("STOP", Pids());
        try
        {
            var pages = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => TimedAsync(() => app!.Browse().GetAsync("/sign-in"))));

            Assert.All(pages, page => Assert.InRange(page.Seconds, 0, 5));
        }
        finally
        {
            Signal("CONT", pids);
        }

        await UntilAsync(async () => (await app!.Browse().GetAsync("/health/ready")).Status == HttpStatusCode.OK);
        await using var count = app!.Database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database()");
        Assert.InRange((long)(await count.ExecuteScalarAsync(Token))!, 1, 25);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(double Seconds, TestPage Page)> TimedAsync(Func<Task<TestPage>> act)
    {
        var started = Stopwatch.GetTimestamp();
        var page = await act();
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, page);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            Assert.InRange(tries, 0, 400);
            await Task.Delay(50, Token);
        }
    }

    /// <summary>The server that this class started and each of its own.</summary>
    private int[] Pids()
    {
        using var connection = new NpgsqlConnection(postgres!.OwnerConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("select pg_read_file('postmaster.pid')", connection);
        var server = int.Parse(((string)command.ExecuteScalar()!).Split('\n')[0], CultureInfo.InvariantCulture);
        var children = File.ReadAllText($"/proc/{server}/task/{server}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [server, .. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }

    private static int[] Signal(string signal, int[] pids)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. pids.Select(pid => pid.ToString(CultureInfo.InvariantCulture))]);
        kill.WaitForExit();
        return pids;
    }
}
