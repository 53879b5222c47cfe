using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Whoever pays an overdue invoice is reminded on the days of the settings, once each, and never of what is not to be paid now.</summary>
public sealed class InvoiceReminderTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly PayApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await ((IAsyncLifetime)app).InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Remind_OnTheDaysOfTheSettings_OnceEachAndFirmFromTheSecond()
    {
        var invoice = await app.IssuedAsync();
        app.AdvanceTo(invoice, 6);
        await RunAsync();
        Assert.Equal(0, await RemindersAsync(invoice));

        app.AdvanceTo(invoice, 7);
        await RunAsync();
        await RunAsync();
        Assert.Equal(1, await RemindersAsync(invoice));
        app.AdvanceTo(invoice, 20);
        await RunAsync();
        Assert.Equal(1, await RemindersAsync(invoice));
        app.AdvanceTo(invoice, 21);
        await RunAsync();
        app.AdvanceTo(invoice, 35);
        await RunAsync();
        app.AdvanceTo(invoice, 90);
        await RunAsync();

        Assert.Equal(3, await RemindersAsync(invoice));
        Assert.Equal(["false", "true", "true"], await ModelAsync(invoice, "IsFirm"));
        Assert.Equal(["£110", "£110", "£110"], await ModelAsync(invoice, "Amount"));
        await app.AuditAsync();
    }

    [Fact]
    public async Task Remind_SeveralDaysHaveGoneBy_SendsTheLatestAlone()
    {
        var invoice = await app.IssuedAsync();
        app.AdvanceTo(invoice, 40);

        await RunAsync();
        await RunAsync();

        Assert.Equal(1, await RemindersAsync(invoice));
        Assert.Equal(35, await app.WithAsync((TrainingHubDb db) => db.InvoiceReminders.Select(reminder => reminder.AfterDays).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Remind_TwoWorkers_SendOne()
    {
        var invoice = await app.IssuedAsync();
        app.AdvanceTo(invoice, 8);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.WithAsync((RemindInvoice remind) => remind.RunAsync(invoice.Id, 7, Ct)))));

        Assert.Equal(1, await RemindersAsync(invoice));
        Assert.Equal(1, await app.EmailsAsync(invoice, "invoice-reminder"));
    }

    [Fact]
    public async Task Remind_SettledDisputedReplacedOrWithTheBank_IsLeftInPeace()
    {
        var (paid, off, replaced, underWay) = (await app.IssuedAsync(), await app.IssuedAsync(), await app.IssuedAsync(), await app.IssuedAsync());
        var by = await app.ActorAsync();
        await app.ReceiveAsync(paid, 11000);
        Assert.True(await app.WithAsync((WriteOffInvoice write) => write.RunAsync(off.Id, 11000, "Closed", by, Ct)));
        await app.WithAsync((ReissueInvoice reissue) => reissue.RunAsync(replaced.Id, 11000, new("The Trust", null, "trust@school.example", null), by, Ct));
        app.Stripe.PayByBank(await CheckoutAsync(underWay));
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.RunJobAsync(nameof(ReconcilePayments));
        var disputed = await app.IssuedAsync();
        await app.ReceiveAsync(disputed, 1000);
        await app.WithAsync((TrainingHubDb db) => db.Payments.Where(payment => payment.BookingId == disputed.BookingId)
            .ExecuteUpdateAsync(set => set.SetProperty(payment => payment.Problem, PaymentProblem.Disputed), Ct));

        app.AdvanceTo(disputed, 8);
        await RunAsync();

        foreach (var invoice in new[] { paid, off, replaced, underWay, disputed })
        {
            Assert.Equal(0, await RemindersAsync(invoice));
        }

        Assert.Equal(1, await RemindersAsync(await app.InvoiceOfAsync(replaced.BookingId)));
        Assert.Equal(["trust@school.example"], await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(email => email.Kind == "invoice-reminder").Select(email => email.ToAddress).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Remind_AfterStaffDidByHand_WaitsSomeDays()
    {
        var invoice = await app.IssuedAsync();
        app.AdvanceTo(invoice, 6);
        var (by, key) = (await app.ActorAsync(), Guid.CreateVersion7());

        Assert.True(await app.WithAsync((RemindInvoice remind) => remind.ByHandAsync(invoice, key, by, Ct)));
        Assert.True(await app.WithAsync((RemindInvoice remind) => remind.ByHandAsync(invoice, key, by, Ct)));
        app.AdvanceTo(invoice, 7);
        await RunAsync();
        Assert.Equal(1, await RemindersAsync(invoice));
        app.AdvanceTo(invoice, 10);
        await RunAsync();

        Assert.Equal(2, await RemindersAsync(invoice));
        Assert.Equal(["false", "true"], await ModelAsync(invoice, "IsFirm"));
    }

    [Theory]
    [InlineData("7, 21, 35", 3)]
    [InlineData("14", 1)]
    [InlineData("", 0)]
    [InlineData("0", null)]
    [InlineData("7; 21", null)]
    [InlineData("366", null)]
    public void RemindDaysAfter_IsAListOfDays(string typed, int? count) => Assert.Equal(count, new InvoiceOptions { RemindDaysAfter = typed }.ReminderDays?.Count);

    private Task<int> RunAsync() => app.RunJobAsync(nameof(SendInvoiceReminders));

    private Task<int> RemindersAsync(Invoice invoice) => app.WithAsync((TrainingHubDb db) => db.InvoiceReminders.CountAsync(reminder => reminder.InvoiceId == invoice.Id, Ct));

    private async Task<string> CheckoutAsync(Invoice invoice) =>
        (await app.WithAsync((StartInvoicePayment start) => start.RunAsync(invoice.Id, Ct))).Url!.Segments[^1];

    private async Task<List<string>> ModelAsync(Invoice invoice, string field)
    {
        var reference = (await app.BookingAsync(invoice.BookingId)).Reference;
        return await app.WithAsync((TrainingHubDb db) => db.Database.SqlQuery<string>(
            $"select model ->> {field} as \"Value\" from outgoing_emails where kind = 'invoice-reminder' and about = {reference} order by created_at").ToListAsync(Ct));
    }
}
