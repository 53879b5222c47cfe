using System.Net;
using Npgsql;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class OutageTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Database_GoneAndBack_IsSaidHonestly()
    {
        Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync("/health/ready")).Status);

        await AllowConnectionsAsync(false);
        var live = await app.Browse().GetAsync("/health/live");
        var ready = await app.Browse().GetAsync("/health/ready");
        var form = await app.Browse().PostAsync("/sign-in", []);
        await AllowConnectionsAsync(true);
        var again = await app.Browse().GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.NotEqual(HttpStatusCode.OK, form.Status);
        Assert.NotEqual("", form.Heading);
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    private async Task AllowConnectionsAsync(bool allowed)
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new NpgsqlConnectionStringBuilder(TablesOwner.Of(app.ConnectionString));
        var name = settings.Database;
        settings.Database = "postgres";
        settings.Pooling = false;
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            $"alter database {name} with allow_connections {(allowed ? "true" : "false")}; "
            + $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{name}'", connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
