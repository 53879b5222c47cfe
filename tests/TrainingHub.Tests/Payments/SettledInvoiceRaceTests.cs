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

        await using var other = await app.Database.OpenConnectionAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await using var credit = new NpgsqlCommand(
            $"""
            with note as (
                insert into credit_notes (id, invoice_id, number, amount_pence, reason, issued_on, email, created_at)
                values (gen_random_uuid(), '{invoice.Id}', 1, 5500, 'ChargedLess', '2026-11-02', 'finance@school.example', now())
                returning id
            )
            insert into credit_note_lines (credit_note_id, invoice_line_id, description, amount_pence)
            select note.id, line.id, 'Cancelled', 5500
            from note
            cross join invoice_lines line
            where line.place_id = '{places[0].Id}'
            """, other, transaction);
        await credit.ExecuteNonQueryAsync(Token);
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
