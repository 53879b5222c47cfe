using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>A line pays what it was and no penny more, whoever books it, how often and at the same time.</summary>
public sealed class BankBookingTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoUploads_OfOneFileAtOnce_BringEachLineOnce() => Assert.Equal(2, await AgreeAtOnceAsync(isGuarded: true));

    [Fact]
    public async Task TwoUploads_OfOneFileAtOnce_WithoutTheGuard_BringThemTwice() => Assert.Equal(4, await AgreeAtOnceAsync(isGuarded: false));

    [Fact]
    public async Task OneLine_BookedOnTwoInvoicesAtOnce_PaysOne() => Assert.Equal((1, 5500), await BookAtOnceAsync(isGuarded: true));

    [Fact]
    public async Task OneLine_BookedOnTwoInvoicesAtOnce_WithoutTheGuard_PaysBoth() => Assert.Equal((2, 11000), await BookAtOnceAsync(isGuarded: false));

    [Fact]
    public async Task Line_BookedBeyondItsSum_IsRefused()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var (billed, other) = (await world.BilledAsync(), await world.BilledAsync());
        var line = (await world.LinesAsync(world.File(("A", "60.00"))))[0];

        Assert.Equal(BookBankLineResult.Changed, await world.BookAsync(line, billed, 6001, 5500));
        Assert.Equal(BookBankLineResult.Changed, await world.BookAsync(line, billed, 5500, 5499));
        Assert.Equal(BookBankLineResult.Booked, await world.BookAsync(line, billed, 5500, 5500));
        Assert.Equal(BookBankLineResult.Changed, await world.BookAsync(line, other, 501, 5500));
        Assert.Equal(BookBankLineResult.Booked, await world.BookAsync(line, other, 500, 5500));
        Assert.Equal((0, 5000, false), (await world.OpenAsync(billed), await world.OpenAsync(other), (await world.AgainAsync(line)).Waits));
    }

    [Fact]
    public async Task Line_BookedOverTheOpenSum_LeavesTheRestWithTheBooking()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var billed = await world.BilledAsync();
        var line = (await world.LinesAsync(world.File((billed.Words, "60.00"))))[0];

        await world.BookAsync(line, billed, 6000, 5500);

        var money = await app.WithAsync((TrainingHubDb db) => db.BookingMoney.SingleAsync(one => one.BookingId == billed.Booking, Ct));
        Assert.Equal((0, 6000, 5500), (await world.OpenAsync(billed), money.PaidPence, money.OwedPence));
    }

    // One place has two invoices, and the money of the second does not go over to the first.
    [Fact]
    public async Task TakeBack_OfOneOfTwoInvoicesOfAPlace_OpensThatOne()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var first = await world.BilledAsync();
        await using (var dearer = app.Database.CreateCommand($"update places set price_pence = 7000 where booking_id = '{first.Booking}'"))
        {
            await dearer.ExecuteNonQueryAsync(Ct);
        }

        await app.RunJobAsync(nameof(IssueInvoices));
        var second = await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.BookingId == first.Booking && invoice.Id != first.Id)
            .Select(invoice => new Billed(invoice.Id, invoice.Number, first.Booking, first.Reference, invoice.AmountPence)).SingleAsync(Ct));
        var lines = await world.LinesAsync(world.File((first.Words, "55.00"), (second.Words, "15.00")));
        await world.BookAsync(lines[0], first, 5500, 5500);
        await world.BookAsync(lines[1], second, 1500, 1500);
        var payment = await app.WithAsync((TrainingHubDb db) => db.Payments.Where(one => one.BankLineId == lines[0].Id).Select(one => one.Id).SingleAsync(Ct));

        var by = new Actor(await app.Given.StaffAsync("Tom Taker"), "Tom Taker");
        Assert.Equal(TakeBackBankPaymentResult.TakenBack, await app.WithAsync<TakeBackBankPayment, TakeBackBankPaymentResult>(back => back.RunAsync(payment, by, Ct)));

        Assert.Equal((5500, 0), (await world.OpenAsync(first), await world.OpenAsync(second)));
    }

    [Fact]
    public async Task Line_SetAside_TakesNoPayment()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var billed = await world.BilledAsync();
        var line = (await world.LinesAsync(world.File((billed.Words, "60.00"))))[0];
        var by = await app.WithAsync((TrainingHubDb db) => db.Users.Select(user => user.Id).FirstAsync(Ct));
        await app.WithAsync<KeepBankLine, bool>(keep => keep.SetAsideAsync(line.Id, 6000, BankLineOutcome.NotOurs, null, new Actor(by, ""), Ct));

        Assert.Equal(BookBankLineResult.Changed, await world.BookAsync(line, billed, 5500, 5500));
        // Also when it was set aside a moment after the command looked.
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(
            billed.Id, 5500, new DeskPayment(DeskWay.BankTransfer, 5500, London.DateOf(app.Clock.Now), null) { BankLineId = line.Id }, Actor.CommandLine, Ct)));
        Assert.Equal(5500, await world.OpenAsync(billed));
    }

    [Fact]
    public async Task File_WhoseBookingStopped_IsGoneOnWith()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var (one, other) = (await world.BilledAsync(), await world.BilledAsync());
        var lines = await world.LinesAsync(world.File((one.Words, "55.00"), (other.Words, "55.00")));
        await world.BookAsync(lines[0], one, 5500, 5500);

        Assert.Equal(1, await app.RunJobAsync(nameof(FinishBankFiles)));
        Assert.Equal(0, await app.RunJobAsync(nameof(FinishBankFiles)));

        Assert.Equal((0, 0), (await world.OpenAsync(one), await world.OpenAsync(other)));
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.Payments.CountAsync(Ct)));
    }

    [Fact]
    public async Task Payment_OfWhichSomeWentBack_IsNotTakenBack()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var billed = await world.BilledAsync();
        var line = (await world.LinesAsync(world.File((billed.Words, "60.00"))))[0];
        await world.BookAsync(line, billed, 6000, 5500);
        var (payment, place) = await app.WithAsync(async (TrainingHubDb db) => (await db.Payments.AsNoTracking().SingleAsync(Ct), await db.Places.AsNoTracking().SingleAsync(Ct)));
        await app.Given.RefundedAsync(payment, place, 500, app.Clock.Now);

        Assert.Equal(TakeBackBankPaymentResult.PartIsDecided, await app.WithAsync<TakeBackBankPayment, TakeBackBankPaymentResult>(back => back.RunAsync(payment.Id, Actor.CommandLine, Ct)));
        Assert.False((await world.AgainAsync(line)).Waits);
    }

    [Fact]
    public async Task Words_OfTheBank_GoSixYearsAfterTheFinancialYear_AndOfPayersAfterTwo()
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var billed = await world.BilledAsync();
        var line = (await world.LinesAsync(world.File(("PAULA PAYER", "55.00"))))[0];
        await world.BookAsync(line, billed, 5500, 5500);
        Assert.Equal(1, await PayersAsync(app));

        app.Clock.Advance(TimeSpan.FromDays(732));
        await app.RunJobAsync(nameof(ForgetPayers));
        Assert.Equal((0, "PAULA PAYER"), (await PayersAsync(app), (await world.AgainAsync(line)).Text));
        app.Clock.Advance(London.Instant(FinancialYear.Of(line.PaidOn).Next.From.AddYears(6), TimeOnly.MinValue) - app.Clock.Now);
        await app.RunJobAsync(nameof(ForgetPayers));

        var left = await world.AgainAsync(line);
        Assert.Equal(("", "", 5500), (left.Text, left.Payer, left.BookedPence));
        Assert.Equal("", await app.WithAsync((TrainingHubDb db) => db.BankFiles.Select(file => file.FileName).SingleAsync(Ct)));
    }

    private static Task<int> PayersAsync(TestApp app) => app.WithAsync((TrainingHubDb db) => db.BankPayers.CountAsync(Ct));

    /// <returns>How many lines there are of a file of two.</returns>
    private async Task<int> AgreeAtOnceAsync(bool isGuarded)
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        var file = world.File(("A", "1.00"), ("B", "2.00"));
        Guid[] files = [await world.TakeInAsync(file), await world.TakeInAsync(file)];
        await UnguardAsync(app, isGuarded, "drop index ux_bank_lines_key");

        await Gate.MeetAsync(app.Database, "bank_lines", [.. files.Select(id => (Func<Task>)(() => app.WithAsync<AgreeBankFile, bool>(agree => agree.RunAsync(id, Ct))))]);

        return await app.WithAsync((TrainingHubDb db) => db.BankLines.CountAsync(Ct));
    }

    /// <returns>How often a line of £55 was booked, and how much is paid.</returns>
    private async Task<(int Booked, int Pence)> BookAtOnceAsync(bool isGuarded)
    {
        await using var app = await AppAsync();
        var world = new BankWorld(app);
        Billed[] invoices = [await world.BilledAsync(), await world.BilledAsync()];
        var line = (await world.LinesAsync(world.File(("A", "55.00"))))[0];
        await UnguardAsync(app, isGuarded, "alter table bank_lines drop constraint ck_bank_lines_booked");
        var results = new System.Collections.Concurrent.ConcurrentBag<BookBankLineResult>();

        await Gate.MeetAsync(app.Database, "payments", [.. invoices.Select(invoice => (Func<Task>)(async () => results.Add(await world.BookAsync(line, invoice, 5500, 5500))))]);

        return (results.Count(result => result == BookBankLineResult.Booked), await app.WithAsync((TrainingHubDb db) => db.Payments.SumAsync(payment => payment.AmountPence, Ct)));
    }

    private static async Task UnguardAsync(TestApp app, bool isGuarded, string sql)
    {
        if (!isGuarded)
        {
            await using var drop = app.Database.Owner().CreateCommand(sql);
            await drop.ExecuteNonQueryAsync(Ct);
        }
    }

    private async Task<TestApp> AppAsync()
    {
        var app = new TestApp(await databases.CreateAsync());
        await app.AddStaffAsync();
        return app;
    }
}
