using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed partial class InvoiceTests(TestDatabase databases)
{
    private const int Issuers = 8;

    private const string FromASequence = """select nextval('invoice_sequence')::int as "Value" """;
    private const string Unlocked = """select coalesce(max(number), 0) + 1 as "Value" from invoices""";

    [GeneratedRegex(@"^update invoice_numbers[\s\S]+")]
    private static partial Regex TakeNumber();

    [Fact]
    public async Task IssueInvoices_EightAtOnceWithFailures_NumbersHaveNoGap()
    {
        await using var app = await AppAsync();
        var bookings = await BookAsync(app, 40);
        await FailEveryFifthAsync(app);

        await RaceAsync(app, bookings);
        await app.World.ExecuteAsync("drop trigger fail on invoices");
        await app.RunJobAsync(nameof(IssueInvoices));

        Assert.Equal(Enumerable.Range(1, 40), await NumbersAsync(app));
        Assert.Equal(40, await app.World.CountAsync("select count(*) from outgoing_emails where kind = 'invoice-issued' and to_address = 'finance@school.example'"));
        await app.AuditAsync();
    }

    // A sequence does not give numbers back: what failed leaves a gap.
    [Fact]
    public async Task IssueInvoices_NumbersFromASequence_HaveGaps()
    {
        await using var app = await AppAsync();
        await app.World.ExecuteAsync("create sequence invoice_sequence");
        var bookings = await BookAsync(app, 40);
        await FailEveryFifthAsync(app);

        await Unguarded.InsteadAsync(TakeNumber(), FromASequence, () => RaceAsync(app, bookings));

        var numbers = await NumbersAsync(app);
        Assert.NotEqual(Enumerable.Range(1, numbers.Count), numbers);
    }

    // All have come to the invoices before one is written.
    [Fact]
    public async Task IssueInvoices_EightMeet_NumbersAreOneToEight()
    {
        await using var app = await AppAsync();
        var bookings = new Queue<Guid>(await BookAsync(app, Issuers));

        await Gate.MeetAsync(app.Database, "invoices", Issuers, () => IssueNextAsync(app, bookings));

        Assert.Equal(Enumerable.Range(1, Issuers), await NumbersAsync(app));
    }

    // The twin: a number that is read and not taken is read by all of them; only the unique index is left to refuse it.
    [Fact]
    public async Task IssueInvoices_NumbersReadWithoutLock_ClashWhenTheyMeet()
    {
        await using var app = await AppAsync();
        var bookings = new Queue<Guid>(await BookAsync(app, Issuers));
        var errors = new ConcurrentBag<Exception?>();

        await Gate.MeetAsync(app.Database, "invoices", Issuers, async () =>
            errors.Add(await Record.ExceptionAsync(() => IssueUnlockedAsync(app, bookings))));

        Assert.Equal(Issuers - 1, errors.Count(error => error is DbUpdateException { InnerException: PostgresException { ConstraintName: "ux_invoices_number" } }));
        Assert.Equal([1], await NumbersAsync(app));
    }

    [Fact]
    public async Task IssueInvoices_NumbersReadWithoutLockInSequence_AreOneToEight()
    {
        await using var app = await AppAsync();
        var bookings = new Queue<Guid>(await BookAsync(app, Issuers));

        while (bookings.Count > 0)
        {
            await IssueUnlockedAsync(app, bookings);
        }

        Assert.Equal(Enumerable.Range(1, Issuers), await NumbersAsync(app));
    }

    [Fact]
    public async Task IssueInvoices_Twice_IssuesOne()
    {
        await using var app = await AppAsync();
        await BookAsync(app, 1);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => app.RunJobAsync(nameof(IssueInvoices)))));

        Assert.Equal([1], await NumbersAsync(app));
        await app.AuditAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<PayApp> AppAsync()
    {
        var app = new PayApp(databases);
        await ((IAsyncLifetime)app).InitializeAsync();
        return app;
    }

    private static async Task<List<Guid>> BookAsync(PayApp app, int count)
    {
        var bookings = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            // A date for each: issuers meet at the number, not at the date.
            var request = app.World.Request(await app.RunAsync(capacity: 1), $"d{i}@invoice.example");
            Assert.Equal(BookPlaceResult.Booked, (await app.World.BookPlace.RunAsync(request, Token)).Result);
            bookings.Add(request.BookingId);
        }

        return bookings;
    }

    private static Task FailEveryFifthAsync(PayApp app) => app.World.ExecuteAsync(
        """
        create sequence tries;
        create function fail() returns trigger language plpgsql as
        $$ begin if nextval('tries') % 5 = 0 then raise exception 'no'; end if; return new; end $$;
        create trigger fail before insert on invoices for each row execute function fail()
        """);

    private static async Task<int> RaceAsync(PayApp app, List<Guid> bookings)
    {
        var left = new Queue<Guid>(bookings);
        await Task.WhenAll(Enumerable.Range(0, Issuers).Select(_ => Task.Run(async () =>
        {
            while (left.Count > 0)
            {
                await Record.ExceptionAsync(() => IssueNextAsync(app, left));
            }
        })));
        return left.Count;
    }

    private static Task<bool> IssueUnlockedAsync(PayApp app, Queue<Guid> left) =>
        Unguarded.InsteadAsync(TakeNumber(), Unlocked, () => IssueNextAsync(app, left));

    /// <returns>False when none was left.</returns>
    private static async Task<bool> IssueNextAsync(PayApp app, Queue<Guid> left)
    {
        Guid booking;
        lock (left)
        {
            if (!left.TryDequeue(out booking))
            {
                return false;
            }
        }

        return await app.WithAsync<BillBooking, bool>(bill => bill.RunAsync(booking, Token));
    }

    private static Task<List<int>> NumbersAsync(PayApp app) => app.WithAsync<TrainingHubDb, List<int>>(
        db => db.Invoices.OrderBy(invoice => invoice.Number).Select(invoice => invoice.Number).ToListAsync(Token));
}
