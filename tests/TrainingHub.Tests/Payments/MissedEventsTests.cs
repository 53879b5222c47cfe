using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What happened at Stripe alone: disputes, and what its webhook never brought.</summary>
public sealed class MissedEventsTests(PayApp app) : IClassFixture<PayApp>
{
    private const string ToCoordinator = "payment-needs-attention to training@partnership.example";

    [Fact]
    public async Task RefundMadeInStripe_WebhookIsLost_IsFoundOnce()
    {
        var (booking, intent) = await PaidAsync();
        app.Stripe.RefundInDashboard(intent, 5500);

        await app.RunJobAsync(nameof(ReadMissedEvents));
        await app.RunJobAsync(nameof(ReadMissedEvents));

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.Equal(RefundReason.MadeInStripe, Assert.Single(await app.RefundsAsync(booking)).Reason);
        await app.CheckAsync();
    }

    [Fact]
    public async Task ReadMissedEvents_StripeIsDown_LooksAgainFromWhereItStopped()
    {
        var (booking, intent) = await PaidAsync();
        await app.RunJobAsync(nameof(ReadMissedEvents));
        app.Stripe.RefundInDashboard(intent, 5500);
        app.Stripe.Faults.Always = Fault.ServerError;
        Assert.Equal(0, await app.RunJobAsync(nameof(ReadMissedEvents)));
        app.Stripe.Faults.Always = null;

        await app.RunJobAsync(nameof(ReadMissedEvents));

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task ReadMissedEvents_MoreThanAPage_ReadsThemAll()
    {
        var (booking, intent) = await PaidAsync();
        app.Stripe.RefundInDashboard(intent, 5500);
        for (var i = 0; i < 101; i++)
        {
            app.Stripe.RefundInDashboard(intent, 1);
        }

        await app.RunJobAsync(nameof(ReadMissedEvents));

        Assert.Equal(5399, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disputed_StaffAreToldOnceWithTheTimeLeft(bool byWebhook)
    {
        var due = new DateTimeOffset(2027, 1, 15, 23, 59, 0, TimeSpan.Zero);
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent, due);

        await HearAsync(dispute, byWebhook);
        await HearAsync(dispute, byWebhook);

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentProblem.Disputed, true, due), (payment.Problem, payment.NeedsAttention, payment.ProblemDueAt));
        Assert.Single(await app.EmailsAsync(booking), email => email == ToCoordinator);
        Assert.EndsWith("Stripe takes your answer until 15 January 2027 at 11:59pm.", PaymentWords.NextStep(payment, PaymentProblem.Disputed), StringComparison.Ordinal);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Disputed_PaidIsToldOfAgainAndItIsRefunded_StaysDisputed()
    {
        var (booking, intent, checkout) = await PaidWithCheckoutAsync();
        await HearAsync(app.Stripe.Dispute(intent, isInquiry: true), byWebhook: true);

        foreach (var happened in app.EventsOf(checkout))
        {
            await app.World.ExecuteAsync("delete from stripe_events where id = $1", happened);
        }

        await app.RingAsync(checkout);
        await HearAsync(app.Stripe.RefundInDashboard(intent, 11000), byWebhook: true);

        var payment = await app.PaymentAsync(booking);
        Assert.Equal((PaymentProblem.Disputed, true), (payment.Problem, payment.NeedsAttention));
        await app.CheckAsync();
    }

    [Theory]
    [InlineData(true, PaymentProblem.Disputed, false, 1)]
    [InlineData(false, PaymentProblem.DisputeLost, true, 2)]
    public async Task DisputeClosed_WonEndsTheProblem_LostIsTold(bool isWon, object problem, bool needsAttention, int emails)
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        await HearAsync(dispute, byWebhook: true);

        app.Stripe.CloseDispute(dispute, isWon);
        await HearAsync(dispute, byWebhook: true);

        var payment = await app.PaymentAsync(booking);
        Assert.Equal(((PaymentProblem)problem, needsAttention), (payment.Problem, payment.NeedsAttention));
        Assert.Equal(emails, (await app.EmailsAsync(booking)).Count(email => email == ToCoordinator));
        Assert.Equal(isWon ? 11000 : 0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Dispute_StaffDealtWithIt_StaysDealtWith()
    {
        var (booking, intent) = await PaidAsync();
        var dispute = app.Stripe.Dispute(intent);
        await HearAsync(dispute, byWebhook: true);
        var (payment, staff) = (await app.PaymentAsync(booking), await app.StaffAsync());

        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync<DecidePayment, DecidePaymentResult>(
            decide => decide.KeepAsync(payment.Id, 0, "Evidence sent", new(staff, "Ann Coordinator"), Token)));
        await HearAsync(dispute, byWebhook: false);

        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task HearAsync(string id, bool byWebhook)
    {
        if (byWebhook)
        {
            await app.RingAsync(id);
        }
        else
        {
            await app.RunJobAsync(nameof(ReadMissedEvents));
        }
    }

    private async Task<(Guid Booking, string Intent)> PaidAsync()
    {
        var (booking, intent, _) = await PaidWithCheckoutAsync();
        return (booking, intent);
    }

    private async Task<(Guid Booking, string Intent, string Checkout)> PaidWithCheckoutAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return (booking, (await app.PaymentAsync(booking)).PaymentIntentId!, checkout);
    }
}
