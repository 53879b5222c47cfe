using System.Net;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class StripeGatewayTests
{
    private const string Key = "booking-1-pay-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateCheckoutSession_Answered_HasPageSumAndBothMetadata()
    {
        await using var stripe = await StripeAtHand.StartAsync();

        var paid = await stripe.PaidAsync();

        var intent = await stripe.Gateway.GetPaymentIntentAsync(paid.PaymentIntent ?? "", Ct);
        Assert.Equal((StripeSessionStatus.Complete, StripePaymentStatus.Paid, 16400, "gbp", "ABCD2345", false), (paid.Status, paid.PaymentStatus, paid.AmountTotal, paid.Currency, paid.ClientReferenceId, paid.Livemode));
        Assert.Equal((StripeIntentStatus.Succeeded, 16400, "gbp"), (intent.Status, intent.AmountReceived, intent.Currency));
        Assert.Equal("ABCD2345", paid.Metadata?["booking"]);
        Assert.Equal("ABCD2345", intent.Metadata?["booking"]);
    }

    [Theory]
    [InlineData(Fault.DropBefore)]
    [InlineData(Fault.DropAfter)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Conflict)]
    internal async Task CreateCheckoutSession_TwoFaults_ThirdTryGivesTheOneSession(Fault fault)
    {
        await using var stripe = await StripeAtHand.StartAsync();
        stripe.Double.Faults.Next(fault, times: 2);

        var session = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct);

        var only = Assert.Single(stripe.Double.All("checkout.session"));
        Assert.Equal(session.Id, (string?)only["id"]);
    }

    [Theory]
    [InlineData(Fault.DropBefore, 0)]
    [InlineData(Fault.DropAfter, 1)]
    [InlineData(Fault.ServerError, 0)]
    [InlineData(Fault.TooMany, 0)]
    [InlineData(Fault.Conflict, 0)]
    internal async Task CreateCheckoutSession_FaultAtEachTry_OutcomeIsUnknown(Fault fault, int sessions)
    {
        await using var stripe = await StripeAtHand.StartAsync();
        stripe.Double.Faults.Next(fault, times: 3);

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct));

        Assert.True(failure.OutcomeUnknown);
        Assert.Equal(sessions, stripe.Double.All("checkout.session").Count);
    }

    [Fact]
    public async Task CreateCheckoutSession_CarriedOutUnheardThenTurnedAway_OutcomeStaysUnknown()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        stripe.Double.Faults.Next(Fault.DropAfter);
        stripe.Double.Faults.Next(Fault.TooMany);

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct));

        Assert.Equal(HttpStatusCode.TooManyRequests, failure.Status);
        Assert.True(failure.OutcomeUnknown);
    }

    [Fact]
    public async Task CreateCheckoutSession_StripeSaysDoNotRetry_TriesOnce()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        stripe.Double.Faults.Next(Fault.LastingServerError);
        stripe.Double.Faults.Next(Fault.DropBefore, times: 2);

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct));

        Assert.Equal(HttpStatusCode.InternalServerError, failure.Status);
    }

    [Fact]
    public async Task CreateCheckoutSession_TooSlow_IsUnknownAndTheSameKeyFindsIt()
    {
        await using var stripe = await StripeAtHand.StartAsync(tryMilliseconds: 200, callMilliseconds: 250);
        stripe.Double.Faults.SlowFor = TimeSpan.FromMilliseconds(400);
        stripe.Double.Faults.Next(Fault.Slow);
        await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.GetCheckoutSessionAsync("cs_test_warm", Ct));

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct));
        var session = await UntilFreeAsync(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct));

        Assert.True(failure.OutcomeUnknown);
        var only = Assert.Single(stripe.Double.All("checkout.session"));
        Assert.Equal(session.Id, (string?)only["id"]);
    }

    [Fact]
    public async Task CreateCheckoutSession_CallerGoesAway_IsCancelledNotFailed()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        stripe.Double.Faults.Next(Fault.Slow);
        stripe.Double.Faults.SlowFor = TimeSpan.FromMilliseconds(500);
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, gone.Token));
    }

    [Fact]
    public async Task CreateCheckoutSession_TwentyAtOnceWithOneKey_OneSession()
    {
        await using var stripe = await StripeAtHand.StartAsync();

        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            UntilFreeAsync(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct))));

        Assert.Single(sessions.Select(session => session.Id).Distinct());
        Assert.Single(stripe.Double.All("checkout.session"));
    }

    [Fact]
    public async Task CreateCheckoutSession_SameKeyOtherSum_IsRefusedAsIdempotencyError()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), Key, Ct);

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(unitPence: 1), Key, Ct));

        Assert.Equal(("idempotency_error", false), (failure.Type, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task CreateCheckoutSession_ExpiryTooNear_NamesTheParameterAndLeavesNoSession()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var late = StripeAtHand.Order() with { ExpiresAt = StripeClock.Now.AddMinutes(29) };

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.CreateCheckoutSessionAsync(late, Key, Ct));

        Assert.Equal(("expires_at", false), (failure.Param, failure.OutcomeUnknown));
        Assert.Empty(stripe.Double.All("checkout.session"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task CreateCheckoutSession_NoKey_Throws(string key)
    {
        await using var stripe = await StripeAtHand.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), key, Ct));
    }

    [Theory]
    [InlineData("cs_test_unknown")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("cs?expand[]=customer")]
    public async Task GetCheckoutSession_NoSuchId_IsMissing(string id)
    {
        await using var stripe = await StripeAtHand.StartAsync();

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() => stripe.Gateway.GetCheckoutSessionAsync(id, Ct));

        Assert.True(failure.IsMissing);
    }

    // A job that only waited would hide it.
    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, true)]
    [InlineData(HttpStatusCode.Forbidden, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    public void Refusal_OfTheKey_IsToldFromSilence(HttpStatusCode status, bool refused)
    {
        var failure = StripeGatewayException.Refused("GET refunds", new Stripe.StripeException(status, null, "no"));

        Assert.Equal((true, refused), (failure.OutcomeUnknown, failure.IsKeyRefused));
    }

    // What is neither paid nor open would give the places back.
    [Theory]
    [InlineData(null, "unpaid")]
    [InlineData("draft", "unpaid")]
    [InlineData("complete", "partly_paid")]
    public void Session_StatusThatIsNotKnown_IsNotGuessedAt(string? status, string paymentStatus) =>
        Assert.Throws<FormatException>(() => StripeSession.Of(new Stripe.Checkout.Session { Id = "cs_test_1", Status = status, PaymentStatus = paymentStatus }));

    [Fact]
    public async Task ExpireCheckoutSession_OpenThenPaid_ClosesOnlyTheOpenOne()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var open = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), "booking-2-pay-1", Ct);
        var paid = await stripe.PaidAsync();

        var expired = await stripe.Gateway.ExpireCheckoutSessionAsync(open.Id, "booking-2-expire-1", Ct);
        var refused = await stripe.Gateway.ExpireCheckoutSessionAsync(paid.Id, "booking-1-expire-1", Ct);

        Assert.Equal(StripeSessionStatus.Expired, expired?.Status);
        Assert.Null(refused);
    }

    [Fact]
    public async Task CreateRefund_AnswerLostTwice_RefundsOnce()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var paid = await stripe.PaidAsync();
        stripe.Double.Faults.Next(Fault.DropAfter, times: 2);

        var refund = await stripe.Gateway.CreateRefundAsync(paid.PaymentIntent ?? "", 8200, StripeRefundReason.RequestedByCustomer, new Dictionary<string, string>(), "refund-1", Ct);

        Assert.Equal((StripeRefundStatus.Succeeded, 8200), (refund.Status, (await stripe.Gateway.GetRefundAsync(refund.Id, Ct)).Amount));
        Assert.Equal([16400, -8200], stripe.Double.Ledger.Select(entry => entry.AmountPence));
    }

    [Fact]
    public async Task CreateRefund_MoreThanIsLeft_IsRefusedAndMovesNothing()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var paid = await stripe.PaidAsync();

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() =>
            stripe.Gateway.CreateRefundAsync(paid.PaymentIntent ?? "", 16401, StripeRefundReason.Duplicate, new Dictionary<string, string>(), "refund-1", Ct));

        Assert.Equal(("amount", false), (failure.Param, failure.OutcomeUnknown));
        Assert.Equal(16400, stripe.Double.Ledger.Sum(entry => entry.AmountPence));
    }

    [Fact]
    public async Task Calls_AtEveryLogLevel_ShowNeitherKeyNorPerson()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        stripe.Double.Faults.Next(Fault.ServerError);
        await stripe.PaidAsync();

        var failure = await Assert.ThrowsAsync<StripeGatewayException>(() =>
            stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order() with { CustomerEmail = "Not an address" }, "booking-3-pay-1", Ct));

        var all = stripe.Log.All + failure;
        Assert.Contains("req_", stripe.Log.All, StringComparison.Ordinal);
        Assert.Contains("customer_email", all, StringComparison.Ordinal);
        Assert.DoesNotContain(stripe.Double.SecretKey, all, StringComparison.Ordinal);
        Assert.DoesNotContain("booker@example.org", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Not an address", all, StringComparison.Ordinal);
    }

    private static async Task<T> UntilFreeAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StripeGatewayException busy) when (busy.OutcomeUnknown)
            {
                await Task.Delay(20, Ct);
            }
        }
    }
}
