using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>One of two places of an invoice is credited while the other is paid for: nothing is left to pay, and one of the two has to see it.</summary>
public sealed class SettledInvoiceRaceTests(TestDatabase databases)
{
    private const string Guard = "for no key update;";
    private const string Unheld = "limit 0;";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paid_WhileAPlaceIsCredited_IsSettled() => Assert.True(await RaceAsync(isGuarded: true));

    [Fact]
    public async Task Paid_WhileAPlaceIsCredited_WithoutTheGuard_StaysOpen() => Assert.False(await RaceAsync(isGuarded: false));

    [Fact]
    public async Task Paid_AfterAPlaceWasCredited_WithoutTheGuard_IsSettled() => Assert.True(await RaceAsync(isGuarded: false, meet: false));

    /// <returns>Whether nothing is said to be left to pay.</returns>
    private async Task<bool> RaceAsync(bool isGuarded, bool meet = true)
    {
        await using var app = new TestApp(databases);
        await app.InitializeAsync();
        var run = await app.Given.RunAsync((await app.Given.CourseAsync(pricePence: 5500)).Id, new DateOnly(2026, 12, 1));
        var booked = await app.Given.BookAsync(Given.Request(run.Id, await app.Given.SectorIdAsync(), await app.Given.AreaIdAsync(), "a@race.example", "b@race.example"));
        var invoice = await app.Given.InvoiceAsync(booked.Id, 1, 11000, new DateOnly(2026, 11, 1));
        var places = await app.WithAsync((TrainingHubDb db) => db.Places.AsNoTracking().Where(place => place.BookingId == booked.Id).OrderBy(place => place.Id).ToListAsync(Token));
        if (!isGuarded)
        {
            await UnguardAsync(app.Database);
        }

        await app.WithAsync(async (TrainingHubDb db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            var line = await db.InvoiceLines.SingleAsync(one => one.PlaceId == places[0].Id, Token);
            db.AddRange(Given.NewCredit(invoice, line, number: 1));
            await db.SaveChangesAsync(Token);
            if (!meet)
            {
                await transaction.CommitAsync(Token);
            }

            var paying = app.Given.PaidAsync(places[1], 5500, app.Clock.Now);
            if (meet)
            {
                await WaitsOrIsDoneAsync(app.Database, paying);
                await transaction.CommitAsync(Token);
            }

            await paying;
        });
        return await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.BookingId == booked.Id).Select(invoice => invoice.IsSettled).SingleAsync(Token));
    }

    private static async Task WaitsOrIsDoneAsync(NpgsqlDataSource database, Task paying)
    {
        await using var waiting = database.CreateCommand("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        while (!paying.IsCompleted && !(bool)(await waiting.ExecuteScalarAsync(Token))!)
        {
            await Task.Yield();
        }
    }

    // The function as it is, but for the lock of the invoice's row.
    private static async Task UnguardAsync(NpgsqlDataSource database)
    {
        await using var read = database.CreateCommand("select pg_get_functiondef('settle_invoices_of(uuid[])'::regprocedure)");
        var function = (string)(await read.ExecuteScalarAsync(Token))!;
        await using var change = database.Owner().CreateCommand(Unguarded.Instead(function, Guard, Unheld));
        await change.ExecuteNonQueryAsync(Token);
    }
}
