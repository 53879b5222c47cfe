using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments.Documents;

/// <summary>A month taken to the office's own books, by the screens of finance staff and by two who do so at the same time.</summary>
public sealed class MonthCloseTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_InvoiceCreditAndCardSale_LeaveOnceAndBalance()
    {
        await using var app = await AppAsync();
        var booked = await InvoicedAsync(app);
        await CancelOneAsync(app, booked.Id);
        var card = await PaidByCardAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(30));
        var staff = await app.BrowseAsStaffAsync();

        var before = await staff.GetAsync(PaymentUrls.MonthClose);
        var journal = await before.SubmitAsync(button: "Export November 2026");
        var ledger = await staff.GetAsync(PaymentUrls.JournalFile(1, "ledger"));

        Assert.Equal("Journal 1", journal.Heading);
        var reference = (await app.BookingAsync(card)).Reference;
        Assert.Equal(
            new[]
            {
                "CN-00001|1100||55.00", "CN-00001|4000|55.00|", "INV-00001|1100|110.00|", "INV-00001|4000||110.00",
                $"{reference}|1100||55.00", $"{reference}|1100|55.00|", $"{reference}|1250|55.00|", $"{reference}|4000||55.00",
            }.Order(StringComparer.Ordinal),
            Rows(ledger.Text).Order(StringComparer.Ordinal));
        Assert.Contains("Nothing. All that was entered has left", (await staff.GetAsync(PaymentUrls.MonthClose)).Main);
        Assert.Equal(["There is nothing to export: all of it has left with an earlier journal"], (await before.SubmitAsync(button: "Export November 2026")).Errors);
        Assert.Equal(ledger.Text, (await staff.GetAsync(PaymentUrls.JournalFile(1, "ledger"))).Text);
    }

    [Fact]
    public async Task Export_EnteredLateForTheMonth_LeavesWithTheNextAndIsCounted()
    {
        await using var app = await AppAsync();
        var booked = await InvoicedAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(30));
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync(PaymentUrls.MonthClose)).SubmitAsync(button: "Export November 2026");
        await PaidToStaffAsync(app, booked.Id, new DateOnly(2026, 11, 25));

        var page = await staff.GetAsync($"{PaymentUrls.MonthClose}?month=2026-12");
        app.Clock.Advance(TimeSpan.FromDays(31));
        var next = await (await (await app.BrowseAsStaffAsync()).GetAsync($"{PaymentUrls.MonthClose}?month=2026-12")).SubmitAsync(button: "Export December 2026");

        Assert.Contains("1 of them is of earlier months", page.Main);
        Assert.Contains("December 2026 is not over. You can export it from 1 January 2027", page.Main);
        Assert.DoesNotContain("Export December 2026", page.Main);
        Assert.Equal("Journal 2", next.Heading);
        Assert.Contains("Payment", next.Main);
    }

    [Fact]
    public async Task Export_CodeOfACourseChangedSince_SaysThatFilesWouldDiffer()
    {
        await using var app = await AppAsync();
        await InvoicedAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(30));
        var staff = await app.BrowseAsStaffAsync();
        var journal = await (await staff.GetAsync(PaymentUrls.MonthClose)).SubmitAsync(button: "Export November 2026");

        var course = await staff.GetAsync($"/staff/courses/{app.World.Course}");
        await course.SubmitAsync(form => (form["Form.NominalCode"], form["Form.CostCentre"]) = ("4010", "TR 7"), button: "Save");
        var later = await staff.GetAsync(PaymentUrls.Journal(1));

        Assert.DoesNotContain("would say something else", journal.Main);
        Assert.Contains("would say something else", later.Main);
        Assert.Contains("4010,TR 7", (await staff.GetAsync(PaymentUrls.JournalFile(1, "ledger"))).Text);
        Assert.Contains("SI,TRAINING,4010,0", (await staff.GetAsync(PaymentUrls.JournalFile(1, "sage"))).Text);
        Assert.Contains("INV-00001", (await staff.GetAsync(PaymentUrls.JournalFile(1, "xero"))).Text);
    }

    [Fact]
    public async Task Export_TwoAtOnce_LeavesOnce()
    {
        await using var app = await AppAsync();
        var hash = await ReadyAsync(app);
        var refusals = new List<ExportRefusal?>();

        await Gate.MeetAsync(app.Database, "journal_exports", 2, async () => refusals.Add(await ExportAsync(app, hash)));

        Assert.Equal([null, ExportRefusal.NothingNew], refusals.Order());
    }

    // The twin: without the lock both find the same entries, and the table of journals is left to refuse the second.
    [Fact]
    public async Task Export_TwoAtOnceWithoutTheLock_ClashWhenTheyMeet()
    {
        await using var app = await AppAsync();
        var hash = await ReadyAsync(app);
        var errors = new List<Exception?>();

        await Gate.MeetAsync(app.Database, "journal_exports", 2, async () =>
            errors.Add(await Record.ExceptionAsync(() => Unguarded.WithoutOneAtATimeAsync(() => ExportAsync(app, hash)))));

        Assert.Single(errors, error => error is DbUpdateException { InnerException: PostgresException { ConstraintName: "ux_journal_exports_number" } });
    }

    [Fact]
    public async Task Export_WithoutTheLockInSequence_LeavesOnce()
    {
        await using var app = await AppAsync();
        var hash = await ReadyAsync(app);

        var first = await Unguarded.WithoutOneAtATimeAsync(() => ExportAsync(app, hash));
        var second = await Unguarded.WithoutOneAtATimeAsync(() => ExportAsync(app, hash));

        Assert.Equal((null, ExportRefusal.NothingNew), (first, second));
    }

    private async Task<PayApp> AppAsync()
    {
        var app = new PayApp(databases);
        await ((IAsyncLifetime)app).InitializeAsync();
        return app;
    }

    private static async Task<string> ReadyAsync(PayApp app)
    {
        await InvoicedAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(30));
        return await app.WithAsync<TrainingHubDb, string>(async db => (await Journal.UpToAsync(db, new DateOnly(2026, 11, 30), Ct)).Hash(new AccountCodes()));
    }

    private static Task<ExportRefusal?> ExportAsync(PayApp app, string hash) => app.WithAsync<ExportJournal, ExportRefusal?>(
        async export => (await export.RunAsync(new DateOnly(2026, 11, 1), hash, new Actor(Guid.CreateVersion7(), "Fay Finance"), Ct)).Refusal);

    private static async Task<Booking> InvoicedAsync(PayApp app)
    {
        var booked = await app.World.BookAsync(await app.RunAsync(capacity: 10, days: 90), $"{Guid.NewGuid():N}@delegates.example", $"{Guid.NewGuid():N}@delegates.example");
        await app.RunJobAsync(nameof(IssueInvoices));
        return await app.BookingAsync(booked.Id);
    }

    private static async Task CancelOneAsync(PayApp app, Guid booking)
    {
        var place = await app.WithAsync((TrainingHubDb db) => db.Places.Where(one => one.BookingId == booking).OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(Ct));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, place, Ct, shownPence: 0));
        await app.RunJobAsync(nameof(IssueInvoices));
    }

    private static async Task<Guid> PaidByCardAsync(PayApp app)
    {
        var card = await app.HeldAsync(await app.RunAsync(capacity: 10, days: 90), places: 1);
        var checkout = await app.CheckoutAsync(card);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return card;
    }

    private static async Task PaidToStaffAsync(PayApp app, Guid booking, DateOnly on)
    {
        var invoice = await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(one => one.BookingId == booking).Select(one => new { one.Id, one.OpenPence }).SingleAsync(Ct));
        var paid = new DeskPayment(DeskWay.BankTransfer, invoice.OpenPence, on, null);
        var by = new Actor(await app.StaffAsync(), "Fay Finance");
        Assert.Equal(RecordInvoicePaymentResult.Recorded, await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice.Id, invoice.OpenPence, paid, by, Ct)));
    }

    private static IEnumerable<string> Rows(string csv) =>
        csv.Trim().Split('\n').Skip(1).Select(line => line.Split(',')).Select(cells => $"{cells[1]}|{cells[2]}|{cells[^2]}|{cells[^1]}");
}
