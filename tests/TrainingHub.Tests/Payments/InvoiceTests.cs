using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class InvoiceTests(TestDatabase databases)
{
    private const int Issuers = 8;

    private const string FromASequence = """select nextval('invoice_sequence')::int as "Value" """;
    private const string Unlocked = """select coalesce(max(number), 0) + 1 as "Value" from invoices""";

    [Fact]
    public async Task IssueInvoices_EightAtOnceWithFailures_NumbersHaveNoGap()
    {
        await using var app = await AppAsync();
        var bookings = await BookAsync(app, 40);
        await FailEveryFifthAsync(app);

        await RaceAsync(app, bookings, _ => null);
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

        await RaceAsync(app, bookings, _ => FromASequence);

        var numbers = await NumbersAsync(app);
        Assert.NotEqual(Enumerable.Range(1, numbers.Count), numbers);
    }

    // An unlocked reading gives the same number twice; only the unique index still stands.
    [Fact]
    public async Task IssueInvoices_NumbersReadWithoutLock_Clash()
    {
        await using var app = await AppAsync();
        var bookings = await BookAsync(app, 40);

        var errors = await RaceAsync(app, bookings, _ => Unlocked);

        Assert.Contains(errors, error => error is DbUpdateException { InnerException: PostgresException { ConstraintName: "ux_invoices_number" } });
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
        var run = await app.RunAsync(capacity: count);
        var bookings = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var request = app.World.Request(run, $"d{i}@invoice.example");
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

    private static async Task<List<Exception?>> RaceAsync(PayApp app, List<Guid> bookings, Func<int, string?> statement)
    {
        var errors = new List<Exception?>();
        var left = new Queue<Guid>(bookings);
        await Task.WhenAll(Enumerable.Range(0, Issuers).Select(issuer => Task.Run(async () =>
        {
            while (true)
            {
                Guid booking;
                lock (left)
                {
                    if (!left.TryDequeue(out booking))
                    {
                        return;
                    }
                }

                await using var scope = app.Scope();
                var issue = statement(issuer) is { } other
                    ? Unguarded.IssueInvoices(scope.ServiceProvider, other)
                    : (IssueInvoices)scope.ServiceProvider.GetService(typeof(IssueInvoices))!;
                var error = await Record.ExceptionAsync(() => issue.IssueAsync(booking, Token));
                lock (errors)
                {
                    errors.Add(error);
                }
            }
        })));
        return errors;
    }

    private static Task<List<int>> NumbersAsync(PayApp app) => app.WithAsync<TrainingHubDb, List<int>>(
        db => db.Invoices.OrderBy(invoice => invoice.Number).Select(invoice => invoice.Number).ToListAsync(Token));
}
