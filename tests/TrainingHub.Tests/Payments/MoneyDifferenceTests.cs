using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What differs from Stripe is before staff with both sums, until both say the same or somebody knows why.</summary>
public sealed class MoneyDifferenceTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payment_StripeDoesNotKnowIt_IsADifferenceUntilStripeDoes()
    {
        var (booking, _, checkout) = await PaidAsync();
        app.Stripe.Forget(checkout);

        await CompareAsync();

        var payment = await app.PaymentAsync(booking);
        var one = Assert.Single(await DifferencesAsync(payment));
        Assert.Equal((DifferenceKind.Payment, checkout, new MoneySum(11000, "gbp"), (MoneySum?)null), (one.Kind, one.StripeId, one.Ours, one.Theirs));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
    }

    [Theory]
    [InlineData("amount_total", 12000, 12000, "gbp")]
    [InlineData("currency", "eur", 11000, "eur")]
    public async Task Payment_SumDiffers_IsADifferenceWithBothSumsAndClosesItself(string field, object value, int amount, string currency)
    {
        var (booking, _, checkout) = await PaidAsync();
        var payment = await app.PaymentAsync(booking);
        app.Stripe.Tamper(checkout, field, value is int number ? number : (string)value);

        await CompareAsync();
        await CompareAsync();

        var one = Assert.Single(await DifferencesAsync(payment));
        Assert.Equal((new MoneySum(11000, "gbp"), new MoneySum(amount, currency)), (one.Ours, one.Theirs));
        app.Stripe.Tamper(checkout, field, value is int ? 11000 : "gbp");
        await CompareAsync();
        Assert.Empty(await DifferencesAsync(payment));
    }

    [Fact]
    public async Task Payment_StripeSaysItWasNeverPaid_IsADifference()
    {
        var (booking, _, checkout) = await PaidAsync();
        app.Stripe.Tamper(checkout, "payment_status", "unpaid");
        app.Stripe.Tamper(checkout, "status", "expired");

        await CompareAsync();

        Assert.Null(Assert.Single(await DifferencesAsync(await app.PaymentAsync(booking))).Theirs);
    }

    [Fact]
    public async Task PaymentWithOurMark_IsNotRecordedHere_IsADifference_AnothersIsNot()
    {
        var ours = await PaidElsewhereAsync(new() { ["payment"] = $"{Guid.NewGuid():N}" });
        var others = await PaidElsewhereAsync(new() { ["stall"] = "books" });

        await CompareAsync();

        var open = await OpenAsync();
        Assert.Equal((null, new MoneySum(16400, "gbp")), Assert.Single(open.Where(one => one.StripeId == ours).Select(one => (one.Ours, one.Theirs))));
        Assert.DoesNotContain(open, one => one.StripeId == others);
    }

    [Fact]
    public async Task Refund_OlderThanTheLists_ThatDiffered_IsComparedAgain()
    {
        var (booking, intent, _) = await PaidAsync();
        var refund = app.Stripe.RefundInDashboard(intent, 5500);
        await app.RingAsync(refund);
        app.Stripe.Forget(refund);
        await CompareAsync();
        Assert.Single(await DifferencesAsync(await app.PaymentAsync(booking)));
        app.Clock.Advance(TimeSpan.FromDays(60));

        await CompareAsync();

        Assert.Single(await DifferencesAsync(await app.PaymentAsync(booking)));
        Assert.True(Assert.Single(await app.RefundsAsync(booking)).CheckedAt >= (await LastAsync()).StartedAt);
    }

    [Fact]
    public async Task Explained_StaysClosedUntilTheSumsAreOthers()
    {
        var (booking, _, checkout) = await PaidAsync();
        var payment = await app.PaymentAsync(booking);
        app.Stripe.Tamper(checkout, "amount_total", 12000);
        await CompareAsync();
        var one = Assert.Single(await DifferencesAsync(payment));
        var by = new TrainingHub.Platform.Actor(await app.StaffAsync(), "Ann Coordinator");
        Assert.False(await app.WithAsync((KeepDifference keep) => keep.ExplainAsync(one.Id, (one.Ours, null), "Seen", by, Ct)));
        Assert.True(await app.WithAsync((KeepDifference keep) => keep.ExplainAsync(one.Id, (one.Ours, one.Theirs), "A gift", by, Ct)));

        await CompareAsync();
        Assert.Empty(await DifferencesAsync(payment));
        app.Stripe.Tamper(checkout, "amount_total", 13000);
        await CompareAsync();

        Assert.Equal(13000, Assert.Single(await DifferencesAsync(payment)).TheirAmount);
    }

    private void NextNight() => app.Clock.Advance(TimeSpan.FromDays(1));

    private Task<int> CompareAsync()
    {
        NextNight();
        return app.RunJobAsync(nameof(CompareWithStripe));
    }

    private Task<string> PaidElsewhereAsync(Dictionary<string, string> metadata) => app.WithAsync(async (StripeGateway stripe) =>
    {
        var session = await stripe.CreateCheckoutSessionAsync(StripeAtHand.Order() with { Metadata = metadata }, $"{Guid.NewGuid():N}", Ct);
        app.Stripe.Pay(session.Id);
        return session.Id;
    });

    private Task<StripeComparison> LastAsync() =>
        app.WithAsync((TrainingHubDb db) => db.StripeComparisons.AsNoTracking().OrderByDescending(one => one.Day).FirstAsync(Ct));

    private Task<List<MoneyDifference>> OpenAsync() => app.WithAsync((TrainingHubDb db) => MoneyDifference.Open(db).AsNoTracking().ToListAsync(Ct));

    private async Task<List<MoneyDifference>> DifferencesAsync(Payment payment) => [.. (await OpenAsync()).Where(one => one.PaymentId == payment.Id)];

    private async Task<(Guid Booking, string Intent, string Checkout)> PaidAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return (booking, (await app.PaymentAsync(booking)).PaymentIntentId!, checkout);
    }
}
