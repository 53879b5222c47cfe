using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The program dies at each step of what it does about a dispute, and Stripe tells of it again: its money moves once, and is told once.</summary>
public sealed class DisputeCrashTests(PayApp app) : IClassFixture<PayApp>
{
    private const string ToCoordinator = "payment-needs-attention to training@partnership.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Opened: of two places each. Won: again, the other way. Lost: nothing more moves, and staff are told once more.
    [Theory]
    [InlineData(null, 2, 1, 0)]
    [InlineData(true, 4, 1, 11000)]
    [InlineData(false, 2, 2, 0)]
    public async Task Told_KilledAtEveryStep_IsEnteredAndToldOnce(bool? isWon, int entries, int emails, int pence)
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        await HearAtEveryStepAsync(booking, dispute);
        if (isWon is { } won)
        {
            app.Stripe.CloseDispute(dispute, won);
            await HearAtEveryStepAsync(booking, dispute);
        }

        Assert.Equal((entries, emails), await TraceAsync(booking));
        Assert.Equal(pence, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    /// <summary>The payment, a refund from the dashboard and the dispute were never heard of: reading what was missed finds all three.</summary>
    [Fact]
    public async Task NothingWasTold_ReadingWhatWasMissedIsKilledAtEveryStep_EndsAsIfTold()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        var intent = (string)app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout)["payment_intent"]!;
        app.Stripe.RefundInDashboard(intent, 3000);
        app.Stripe.CloseDispute(app.Stripe.Dispute(intent), isWon: false);

        var deaths = await Killed.AtEveryStepAsync(() => app.RunJobAsync(nameof(ReadMissedEvents)), () => Task.CompletedTask);

        Assert.True(deaths > 20, $"It died {deaths} times.");
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Equal(3000, Assert.Single(await app.RefundsAsync(booking)).AmountPence);
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("payment-received", StringComparison.Ordinal));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("refund-made", StringComparison.Ordinal));
        await app.CheckAsync();
    }

    private async Task HearAtEveryStepAsync(Guid booking, string dispute)
    {
        foreach (var happened in app.EventsOf(dispute))
        {
            var before = await TraceAsync(booking);
            var body = StripeEventBody.Parse(Encoding.UTF8.GetBytes(app.Stripe.All("event").Single(one => (string?)one["id"] == happened).ToJsonString()));

            await Killed.AtEveryStepAsync(
                () => app.WithAsync((HandleStripeEvent handle) => handle.RunAsync(body!, Ct)),
                async () => Assert.Equal(before, await TraceAsync(booking)));
        }
    }

    private async Task<(int Entries, int Emails)> TraceAsync(Guid booking) => (
        await app.WithAsync((TrainingHubDb db) => db.LedgerEntries.CountAsync(entry => entry.BookingId == booking && entry.DisputeId != null, Ct)),
        (await app.EmailsAsync(booking)).Count(email => email == ToCoordinator));

    private async Task<(Guid Booking, string Intent)> PaidAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return (booking, (await app.PaymentAsync(booking)).PaymentIntentId!);
    }
}
