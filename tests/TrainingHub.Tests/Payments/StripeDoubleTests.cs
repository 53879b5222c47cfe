using System.Net;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The switches of the double that other tests rely on.</summary>
public sealed class StripeDoubleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Stands where the site would: checks each event's signature, answers what it is told to, remembers ids.</summary>
    private sealed class Site(string secret) : HttpMessageHandler
    {
        private readonly List<string> received = [];

        public Queue<HttpStatusCode> Answers { get; } = [];

        public IReadOnlyList<string> Received
        {
            get { lock (received) return [.. received]; }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(ct);
            var genuine = StripeSignature.IsGenuine(body, request.Headers.GetValues(StripeSignature.Header).Single(), secret, StripeClock.Now);
            lock (received)
            {
                received.Add(StripeEventBody.Parse(body)?.Id ?? "not an event");
                return new HttpResponseMessage(genuine ? Answers.TryDequeue(out var answer) ? answer : HttpStatusCode.OK : HttpStatusCode.BadRequest);
            }
        }
    }

    private static Site SiteOf(StripeAtHand stripe)
    {
        var site = new Site(stripe.Double.WebhookSecret);
        stripe.Double.Webhooks.SendTo(new Uri("http://site.example/stripe/webhook"), site);
        return site;
    }

    private static List<string> Ids(StripeAtHand stripe) => [.. stripe.Double.All("event").Select(one => (string)one["id"]!)];

    [Fact]
    public async Task Webhooks_SiteAnswersOnlyTheThirdTime_EventArrivesAndIsNoLongerPending()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var site = SiteOf(stripe);
        site.Answers.Enqueue(HttpStatusCode.ServiceUnavailable);
        site.Answers.Enqueue(HttpStatusCode.InternalServerError);
        var session = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), "booking-1-pay-1", Ct);

        stripe.Double.ExpireNow(session.Id);
        await stripe.Double.Webhooks.QuietAsync(Ct);

        Assert.Equal(3, site.Received.Count);
        Assert.Equal([503, 500, 200], stripe.Double.Webhooks.Tries.Select(one => (int?)one.Answer ?? 0));
        Assert.Empty(await new Stripe.EventService(stripe.Library).ListAsync(new Stripe.EventListOptions { DeliverySuccess = false }, cancellationToken: Ct));
    }

    [Fact]
    public async Task Webhooks_Twice_DeliversEachEventTwice()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var site = SiteOf(stripe);
        stripe.Double.Webhooks.Delivery = WebhookDelivery.Twice;

        await stripe.PaidAsync();
        await stripe.Double.Webhooks.QuietAsync(Ct);

        Assert.Equal(2 * Ids(stripe).Count, site.Received.Count);
        Assert.Equal(Ids(stripe).Order(), site.Received.Distinct().Order());
    }

    [Fact]
    public async Task Webhooks_Held_GoOutOnlyInTheOrderThatTheTestTakes()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var site = SiteOf(stripe);
        stripe.Double.Webhooks.Delivery = WebhookDelivery.Held;
        var paid = await stripe.PaidAsync();
        stripe.Double.RefundInDashboard(paid.PaymentIntent ?? "", 100);
        var backwards = Ids(stripe);
        backwards.Reverse();

        var before = site.Received.Count;
        foreach (var id in backwards)
        {
            await stripe.Double.Webhooks.SendAsync(id, Ct);
        }

        Assert.Equal(0, before);
        Assert.Equal(backwards, site.Received);
    }

    [Fact]
    public async Task PayPage_BuyerPays_ReturnsToTheSiteWithTheSessionsId()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var session = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), "booking-1-pay-1", Ct);

        var page = await browser.GetStringAsync(session.Url, Ct);
        using var choice = new FormUrlEncodedContent([new("choice", "card")]);
        using var answer = await browser.PostAsync(session.Url, choice, Ct);
        using var again = await browser.PostAsync(session.Url, choice, Ct);

        Assert.Contains("<h1>Test card page</h1>", page, StringComparison.Ordinal);
        Assert.Contains("£164.00", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"http://127.0.0.1/bookings/ABCD2345/paid?session={session.Id}", answer.Headers.Location?.ToString());
        Assert.Equal("/c/pay/" + session.Id, again.Headers.Location?.ToString());
        Assert.Equal(("ABCD2345", 16400), Assert.Single(stripe.Double.Ledger) is var entry ? (entry.Reference, entry.AmountPence) : default);
    }

    [Fact]
    public async Task PayByBank_SettledBothWays_OneIsPaidAndTheOtherIsNot()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var good = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order("GOOD"), "a", Ct);
        var bad = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order("BAD"), "b", Ct);

        stripe.Double.PayByBank(good.Id);
        stripe.Double.PayByBank(bad.Id);
        var underWay = await stripe.Gateway.GetCheckoutSessionAsync(good.Id, Ct);
        stripe.Double.SettleBank(good.Id, succeeds: true);
        stripe.Double.SettleBank(bad.Id, succeeds: false);

        Assert.Equal((StripeSessionStatus.Complete, StripePaymentStatus.Unpaid), (underWay.Status, underWay.PaymentStatus));
        Assert.Equal(StripePaymentStatus.Paid, (await stripe.Gateway.GetCheckoutSessionAsync(good.Id, Ct)).PaymentStatus);
        Assert.Equal(StripePaymentStatus.Unpaid, (await stripe.Gateway.GetCheckoutSessionAsync(bad.Id, Ct)).PaymentStatus);
        Assert.Equal("GOOD", Assert.Single(stripe.Double.Ledger).Reference);
    }

    [Fact]
    public async Task Falsify_OpenSession_IsPaidWithTheOtherSumAndCurrency()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var session = await stripe.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), "a", Ct);

        stripe.Double.Falsify(session.Id, 100, "eur");
        stripe.Double.Pay(session.Id);

        var paid = await stripe.Gateway.GetCheckoutSessionAsync(session.Id, Ct);
        Assert.Equal((100, "eur", StripePaymentStatus.Paid), (paid.AmountTotal, paid.Currency, paid.PaymentStatus));
    }

    [Fact]
    public async Task Refund_PendingThenFailed_GivesTheMoneyBackToTheCharge()
    {
        await using var stripe = await StripeAtHand.StartAsync();
        var paid = await stripe.PaidAsync();
        stripe.Double.KeepRefundsPending();
        var refund = await stripe.Gateway.CreateRefundAsync(paid.PaymentIntent ?? "", 16400, StripeRefundReason.RequestedByCustomer, new Dictionary<string, string>(), "r", Ct);

        stripe.Double.SettleRefund(refund.Id, succeeds: false);

        Assert.Equal(StripeRefundStatus.Pending, refund.Status);
        Assert.Equal(StripeRefundStatus.Failed, (await stripe.Gateway.GetRefundAsync(refund.Id, Ct)).Status);
        Assert.Equal(16400, stripe.Double.Ledger.Sum(entry => entry.AmountPence));
        Assert.Equal("refund.failed", (string?)stripe.Double.All("event")[^1]["type"]);
    }

    [Fact]
    public async Task StateFile_StartedAgain_KeepsSessionsKeysAndSendsWhatWasLeft()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("stripe-double-").FullName, "state.json");
        var keys = StripeDoubleOptions.WithNewKeys();
        StripeDoubleOptions OnPort(int port) => new() { SecretKey = keys.SecretKey, WebhookSecret = keys.WebhookSecret, StateFile = file, Port = port };
        string session;
        int port;
        await using (var first = await StripeAtHand.StartAsync(OnPort(0)))
        {
            port = first.Double.BaseUrl.Port;
            session = (await first.PaidAsync()).Id;
        }

        await using var second = await StripeAtHand.StartAsync(OnPort(port));
        var site = SiteOf(second);
        second.Double.Webhooks.QueueUndelivered();
        var again = await second.Gateway.CreateCheckoutSessionAsync(StripeAtHand.Order(), "booking-1-pay-1", Ct);
        second.Double.RefundInDashboard((await second.Gateway.GetCheckoutSessionAsync(session, Ct)).PaymentIntent ?? "", 16400);
        await second.Double.Webhooks.QuietAsync(Ct);

        Assert.Equal(session, again.Id);
        Assert.Equal(0, second.Double.Ledger.Sum(entry => entry.AmountPence));
        Assert.Equal(Ids(second).Order(), site.Received.Order());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Double_LiveKey_DoesNotStart() => await Assert.ThrowsAsync<InvalidOperationException>(() =>
        StripeDoubleServer.StartAsync(new StripeDoubleOptions { SecretKey = "sk_live_1", WebhookSecret = "whsec_1" }, Ct));
}
