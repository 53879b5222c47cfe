using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>A checkout opened by several at once, or while the buyer decides otherwise in another tab, with the lock and without it.</summary>
public sealed class StartPaymentRaceTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task StartPayment_AllMeetBeforeItIsWritten_LeadToOneCheckout()
    {
        var booking = await app.HeldAsync();
        var before = app.Stripe.All("checkout.session").Count;

        await Gate.MeetAsync(app.Database, "payments", 4, () => app.CheckoutAsync(booking));

        await app.PaymentAsync(booking);
        Assert.Equal(before + 1, app.Stripe.All("checkout.session").Count);
    }

    /// <summary>The twin: the key of booking and attempt is the last word, so there is one checkout, but only one buyer gets to it.</summary>
    [Fact]
    public async Task StartPayment_WithoutTheLock_FailsForTheOtherWhenTheyMeet()
    {
        var booking = await app.HeldAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => Gate.MeetAsync(app.Database, "payments", 2, () => StartUnlockedAsync(booking)));

        await app.PaymentAsync(booking);
    }

    [Fact]
    public async Task StartPayment_InvoiceIsChosenBeforeItWrites_LeavesNothingToPayByCard()
    {
        var booking = await app.HeldAsync();

        await Gate.OvertakeAsync(app.Database, "payments", () => app.StartAsync(booking), () => SwitchAsync(booking));

        Assert.Equal(PaymentMethod.Invoice, (await app.BookingAsync(booking)).PaymentMethod);
        Assert.False(await app.IsInvoicedAndOpenAsync(booking));
    }

    /// <summary>The twin: it looks at the booking as before, but holds nothing while it writes, and the booking is invoiced in between.</summary>
    [Fact]
    public async Task StartPayment_WithoutTheLock_OpensACheckoutForWhatIsInvoicedBeforeItWrites()
    {
        var booking = await app.HeldAsync();

        await Gate.OvertakeAsync(app.Database, "payments", () => StartUnlockedAsync(booking), () => SwitchAsync(booking));

        Assert.True(await app.IsInvoicedAndOpenAsync(booking));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartPayment_WithoutTheLockInSequence_LeavesNothingToPayByCard(bool isPayFirst)
    {
        var booking = await app.HeldAsync();

        var acts = new Func<Task>[] { () => StartUnlockedAsync(booking), () => SwitchAsync(booking) };
        foreach (var act in isPayFirst ? acts : acts.Reverse())
        {
            await act();
        }

        Assert.Equal(PaymentMethod.Invoice, (await app.BookingAsync(booking)).PaymentMethod);
        Assert.False(await app.IsInvoicedAndOpenAsync(booking));
    }

    private Task<StartPaymentOutcome> StartUnlockedAsync(Guid booking) => Unguarded.WithoutRowLocksAsync(() => app.StartAsync(booking));

    private Task<SwitchToInvoiceResult> SwitchAsync(Guid booking) => app.WithAsync<SwitchToInvoice, SwitchToInvoiceResult>(
        change => change.RunAsync(booking, "finance@school.example", "PO-7", TestContext.Current.CancellationToken));
}
