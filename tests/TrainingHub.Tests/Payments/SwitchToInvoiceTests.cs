using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>From card to invoice while the places are held: no place is lost, and no money is taken twice or lost.</summary>
public sealed class SwitchToInvoiceTests(PayApp app) : IClassFixture<PayApp>
{
    private const string Finance = "finance@school.example";

    [Fact]
    public async Task Switch_CheckoutIsOpen_ClosesItAndInvoices()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);

        Assert.Equal(SwitchToInvoiceResult.Switched, await SwitchAsync(booking));

        var after = await app.BookingAsync(booking);
        Assert.Equal("expired", app.StatusOf(checkout));
        Assert.Equal((BookingState.Confirmed, PaymentMethod.Invoice, Finance, "PO-7"), (after.State, after.PaymentMethod, after.InvoiceEmail, after.PurchaseOrder));
        await app.RunJobAsync(nameof(IssueInvoices));
        Assert.Equal(11000, await app.World.CountAsync("select amount_pence from invoices where booking_id = $1", booking));
        Assert.Equal(StartPaymentResult.NotByCard, (await app.StartAsync(booking)).Result);
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_NothingOpenedYet_NeedsNoStripe()
    {
        var booking = await app.HeldAsync();
        app.Stripe.Faults.Always = Fault.ServerError;

        var result = await SwitchAsync(booking);
        app.Stripe.Faults.Always = null;

        Assert.Equal(SwitchToInvoiceResult.Switched, result);
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_PaidByCardMeanwhile_StaysPaidByCard()
    {
        var booking = await app.HeldAsync();
        app.Stripe.Pay(await app.CheckoutAsync(booking));

        Assert.Equal(SwitchToInvoiceResult.PaidByCard, await SwitchAsync(booking));

        var after = await app.BookingAsync(booking);
        Assert.Equal((BookingState.Confirmed, PaymentMethod.Card, null), (after.State, after.PaymentMethod, after.InvoiceEmail));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await CheckAsync();
        Assert.Equal(0, await app.World.CountAsync("select count(*) from invoices where booking_id = $1", booking));
    }

    [Fact]
    public async Task Switch_BankTransferUnderWay_IsRefused()
    {
        var booking = await app.HeldAsync();
        app.Stripe.PayByBank(await app.CheckoutAsync(booking));

        Assert.Equal(SwitchToInvoiceResult.NotPossible, await SwitchAsync(booking));

        Assert.Equal((BookingState.Held, PaymentMethod.Card), ((await app.BookingAsync(booking)).State, (await app.BookingAsync(booking)).PaymentMethod));
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_HoldIsOver_IsRefused()
    {
        var booking = await app.HeldAsync();
        app.Clock.Advance(BookPlace.CardHold);

        Assert.Equal(SwitchToInvoiceResult.NotPossible, await SwitchAsync(booking));

        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
    }

    [Theory]
    [InlineData(nameof(Fault.DropBefore))]
    [InlineData(nameof(Fault.DropAfter))]
    [InlineData(nameof(Fault.ServerError))]
    [InlineData(nameof(Fault.LastingServerError))]
    public async Task Switch_StripeFails_ChangesNothingAndCanStillBePaid(string fault)
    {
        var booking = await app.HeldAsync();
        await app.CheckoutAsync(booking);
        app.Stripe.Faults.Always = Enum.Parse<Fault>(fault);

        var down = await SwitchAsync(booking);
        app.Stripe.Faults.Always = null;

        Assert.Equal(SwitchToInvoiceResult.Unavailable, down);
        var kept = await app.BookingAsync(booking);
        Assert.Equal((BookingState.Held, PaymentMethod.Card, null), (kept.State, kept.PaymentMethod, kept.InvoiceEmail));
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_StripeWasDown_TheSameButtonWorksLater()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Faults.Always = Fault.DropAfter;
        await SwitchAsync(booking);
        app.Stripe.Faults.Always = null;

        Assert.Equal(SwitchToInvoiceResult.Switched, await SwitchAsync(booking));

        Assert.Equal("expired", app.StatusOf(checkout));
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_PressedTwentyTimesAtOnce_SwitchesOnce()
    {
        var booking = await app.HeldAsync();
        await app.CheckoutAsync(booking);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SwitchAsync(booking))));
        await app.RunJobAsync(nameof(IssueInvoices));

        Assert.All(results, result => Assert.Equal(SwitchToInvoiceResult.Switched, result));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("booking-confirmed", StringComparison.Ordinal));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("invoice-issued", StringComparison.Ordinal));
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_WhilePayIsPressedInOtherTabs_LeavesNothingToPayByCard()
    {
        Assert.Equal(0, await RaceAsync());
        await CheckAsync();
    }

    [Fact]
    public async Task Switch_PayIsPressedBeforeItWrites_LeavesNothingToPayByCard()
    {
        var booking = await app.HeldAsync();

        await Gate.OvertakeAsync(app.Database, "bookings", () => SwitchAsync(booking), () => app.StartAsync(booking));

        Assert.False(await app.IsInvoicedAndOpenAsync(booking));
        await CheckAsync();
    }

    /// <summary>The twin: it looks for a checkout as before, but holds nothing while it writes, and one opens in between.</summary>
    [Fact]
    public async Task Switch_WithoutTheLock_LeavesACheckoutOpenWhenPayIsPressedBeforeItWrites()
    {
        var booking = await app.HeldAsync();

        await Gate.OvertakeAsync(app.Database, "bookings", () => SwitchUnlockedAsync(booking), () => app.StartAsync(booking));

        Assert.True(await app.IsInvoicedAndOpenAsync(booking));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Switch_WithoutTheLockInSequence_LeavesNothingToPayByCard(bool isPayFirst)
    {
        var booking = await app.HeldAsync();

        var acts = new Func<Task>[] { () => app.StartAsync(booking), () => SwitchUnlockedAsync(booking) };
        foreach (var act in isPayFirst ? acts : acts.Reverse())
        {
            await act();
        }

        Assert.False(await app.IsInvoicedAndOpenAsync(booking));
        await CheckAsync();
    }

    [Fact]
    public async Task Webhook_OldCheckoutExpired_ChangesNothing()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        await SwitchAsync(booking);

        await app.RingAsync(checkout);

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        Assert.Null((await app.PaymentAsync(booking)).Problem);
        await CheckAsync();
    }

    /// <summary>As when Stripe says late what it knew early: the site takes the checkout for closed, and it is paid all the same.</summary>
    [Fact]
    public async Task Webhook_OldCheckoutPaidAfterTheSwitch_PaysTheInvoice()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        await app.World.ExecuteAsync("update payments set state = 'Expired' where booking_id = $1", booking);
        Assert.Equal(SwitchToInvoiceResult.Switched, await SwitchAsync(booking));

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        Assert.Null((await app.PaymentAsync(booking)).Problem);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await CheckAsync();
        Assert.Equal((BookingState.Confirmed, PaymentMethod.Invoice), ((await app.BookingAsync(booking)).State, (await app.BookingAsync(booking)).PaymentMethod));
        Assert.True(await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.BookingId == booking).Select(invoice => invoice.IsSettled).SingleAsync(TestContext.Current.CancellationToken)));
        Assert.Contains("payment-received to bea@school.example", await app.EmailsAsync(booking));
    }

    private Task<SwitchToInvoiceResult> SwitchAsync(Guid booking) => app.WithAsync<SwitchToInvoice, SwitchToInvoiceResult>(
        change => change.RunAsync(booking, Finance, "PO-7", TestContext.Current.CancellationToken));

    private Task<SwitchToInvoiceResult> SwitchUnlockedAsync(Guid booking) => Unguarded.WithoutRowLocksAsync(() => SwitchAsync(booking));

    /// <summary>The ledgers and the audit, which wants every invoice booking to have its invoice.</summary>
    private async Task CheckAsync()
    {
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.CheckAsync();
    }

    /// <summary>Both buttons at once on many bookings; gives how many invoiced ones can still be paid by card.</summary>
    private async Task<int> RaceAsync()
    {
        var bookings = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            bookings.Add(await app.HeldAsync(places: 1));
        }

        await Task.WhenAll(bookings.SelectMany(booking => new Func<Task>[] { () => app.StartAsync(booking), () => SwitchAsync(booking) }.Select(Task.Run)));

        var open = 0;
        foreach (var booking in bookings)
        {
            open += await app.IsInvoicedAndOpenAsync(booking) ? 1 : 0;
        }

        return open;
    }
}
