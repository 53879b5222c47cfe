using Npgsql;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>What the database notifies of which change.</summary>
public sealed class ChangeNotificationTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    [Theory]
    [InlineData("update course_runs set places_taken = places_taken", "places_changed")]
    [InlineData("update course_runs set starts_at = starts_at", "catalogue_changed")]
    [InlineData("update course_runs set state = state", "catalogue_changed")]
    [InlineData("update courses set title = title", "catalogue_changed")]
    [InlineData("update course_fees set price_pence = price_pence", "catalogue_changed")]
    [InlineData("update fee_schedules set half_day_pence = half_day_pence", "catalogue_changed")]
    [InlineData("update venues set name = name", "catalogue_changed")]
    public async Task Change_NotifiesOneChannel(string change, string channel)
    {
        await using var listener = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var received = new List<string>();
        listener.Notification += (_, notification) => received.Add(notification.Channel);
        await RunAsync(listener, "listen places_changed; listen catalogue_changed");

        await RunAsync(listener, change);
        await RunAsync(listener, "unlisten *");

        Assert.Equal([channel], received);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
