using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Numbers of invoices under eight issuers at once, of which some fail, some lose their connection in the middle, and some at the commit.
/// As many invoices as ISSUED_INVOICES says.
/// </summary>
public sealed partial class InvoiceTests(TestDatabase databases)
{
    private const int Issuers = 8;
    private const int Few = 40;

    private static int Wanted =>
        int.TryParse(Environment.GetEnvironmentVariable("ISSUED_INVOICES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;

    private const string FromASequence = """select nextval('invoice_sequence')::int as "Value" """;
    private const string Unlocked = """select coalesce(max(number), 0) + 1 as "Value" from invoices""";

    [GeneratedRegex(@"^update invoice_numbers[\s\S]+")]
    private static partial Regex TakeNumber();

    [Fact]
    public async Task IssueInvoices_EightAtOnceWithCrashes_NumbersHaveNoGap()
    {
        await using var app = await AppAsync();
        var bookings = await BookAsync(app, Wanted);
        await CrashAsync(app);

        var (took, crashes) = (Stopwatch.StartNew(), await RaceAsync(app, bookings));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Wanted} by {Issuers} issuers in {took.Elapsed.TotalSeconds:0} s: {string.Join(", ", crashes.CountBy(crash => crash))}.");
        await app.World.ExecuteAsync("drop trigger fail on invoices; drop trigger die on invoices");
        while (await app.RunJobAsync(nameof(IssueInvoices)) > 0)
        {
            // Those that crashed, as the job finds them.
        }

        Assert.Equal(["57P01", "P0001"], crashes.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, Wanted), await NumbersAsync(app));
        Assert.Equal(Wanted, await app.World.CountAsync("select count(*) from outgoing_emails where kind = 'invoice-issued' and to_address = 'finance@school.example'"));
        Assert.Equal(Wanted, await app.World.CountAsync("select count(distinct booking_id) from invoices"));
        await app.AuditAsync();
    }

    // A sequence does not give numbers back: what failed leaves a gap.
    [Fact]
    public async Task IssueInvoices_NumbersFromASequence_HaveGaps()
    {
        await using var app = await AppAsync();
        await app.World.ExecuteAsync("create sequence invoice_sequence");
        var bookings = await BookAsync(app, Few);
        await CrashAsync(app);

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

    /// <summary>Every fifth try fails, and every seventh loses its connection: in turns when its invoice is written and when it commits.</summary>
    private static Task CrashAsync(PayApp app) => app.World.ExecuteAsync(
        """
        create sequence tries;
        create function fail() returns trigger language plpgsql as
        $$
        declare
            try int := nextval('tries');
        begin
            if try % 5 = 0 then
                raise exception 'no';
            elsif try % 14 = 7 then
                perform pg_terminate_backend(pg_backend_pid());
            end if;
            return new;
        end
        $$;
        create function die() returns trigger language plpgsql as
        $$
        begin
            if currval('tries') % 14 = 0 then
                perform pg_terminate_backend(pg_backend_pid());
            end if;
            return null;
        end
        $$;
        create trigger fail before insert on invoices for each row execute function fail();
        create constraint trigger die after insert on invoices deferrable initially deferred for each row execute function die()
        """);

    /// <returns>Of each issue that crashed, what the database said.</returns>
    private static async Task<IReadOnlyCollection<string>> RaceAsync(PayApp app, List<Guid> bookings)
    {
        var left = new Queue<Guid>(bookings);
        var crashes = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, Issuers).Select(_ => Task.Run(async () =>
        {
            while (left.Count > 0)
            {
                if (await Record.ExceptionAsync(() => IssueNextAsync(app, left)) is { } crash)
                {
                    crashes.Add(StateOf(crash));
                }
            }
        })));
        return crashes;
    }

    private static string StateOf(Exception crash) => crash is PostgresException said ? said.SqlState : crash.InnerException is { } inner ? StateOf(inner) : crash.Message;

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
