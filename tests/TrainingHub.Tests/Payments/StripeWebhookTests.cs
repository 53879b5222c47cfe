using System.Net;
using System.Text;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class StripeWebhookTests(PayApp app, TestDatabase databases) : IClassFixture<PayApp>
{
    [Theory]
    [InlineData("no signature")]
    [InlineData("another secret")]
    [InlineData("301 seconds old")]
    [InlineData("301 seconds ahead")]
    [InlineData("another body")]
    [InlineData("not an event")]
    [InlineData("other mode")]
    public async Task Webhook_Forged_Is400AndChangesNothing(string forgery)
    {
        var (booking, checkout) = await PaidUnheardAsync();
        var body = Body(checkout, isLive: forgery == "other mode");
        var sent = forgery == "not an event" ? "{\"hello\":1}"u8.ToArray() : body;
        var header = forgery switch
        {
            "no signature" => null,
            "another secret" => WebhookSender.SignatureHeader(sent, "whsec_other", StripeClock.Now),
            "301 seconds old" => WebhookSender.SignatureHeader(sent, app.Stripe.WebhookSecret, StripeClock.Now.AddSeconds(-301)),
            "301 seconds ahead" => WebhookSender.SignatureHeader(sent, app.Stripe.WebhookSecret, StripeClock.Now.AddSeconds(302)),
            "another body" => WebhookSender.SignatureHeader("{}"u8.ToArray(), app.Stripe.WebhookSecret, StripeClock.Now),
            _ => WebhookSender.SignatureHeader(sent, app.Stripe.WebhookSecret, StripeClock.Now),
        };

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(sent, header));

        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.RingAsync(checkout);
        await app.CheckAsync();
    }

    [Theory]
    [InlineData("checkout.session", "cs_test_unknown0000000000000000")]
    [InlineData("refund", "re_unknown00000000000000000")]
    [InlineData("charge", "ch_unknown00000000000000000")]
    public async Task Webhook_AboutSomethingElse_Is200AndForgotten(string kind, string id)
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"id":"evt_{{{Guid.NewGuid():N}}}","type":"x.y","created":1,"livemode":false,"data":{"object":{"id":"{{{id}}}","object":"{{{kind}}}","payment_intent":"pi_unknown00000000000000000" } } }""");

        Assert.Equal(HttpStatusCode.OK, await SendAsync(body, WebhookSender.SignatureHeader(body, app.Stripe.WebhookSecret, StripeClock.Now)));
    }

    /// <summary>What Stripe sends to an endpoint that is set to all events.</summary>
    [Theory]
    [InlineData("no id", """ "data":{"object":{"object":"balance","available":[]}}""")]
    [InlineData("an invoice to come, which has no id yet", """ "data":{"object":{"object":"invoice","customer":"cus_1","amount_due":100}}""")]
    [InlineData("an object of a later kind", """ "data":{"object":{"id":"xyz_1","object":"later.kind","payment_intent":"pi_1"}}""")]
    [InlineData("no object", """ "data":{}""")]
    [InlineData("thin", """ "related_object":{"id":"me_1","type":"billing.meter"}""")]
    [InlineData("data of another kind", """ "data":[1]""")]
    [InlineData("id of another kind", """ "data":{"object":{"id":7,"object":"refund"}}""")]
    [InlineData("NUL in the object's id", """ "data":{"object":{"id":"re_\u0000","object":"refund","payment_intent":"pi_1"}}""")]
    [InlineData("half a letter in the object's id", """ "data":{"object":{"id":"re_\ud800","object":"refund","payment_intent":"pi_1"}}""")]
    [InlineData("whole payment intent", """ "data":{"object":{"id":"re_unknown","object":"refund","payment_intent":{"id":"pi_unknown","amount":1}}}""")]
    public async Task Webhook_OfAnotherShape_Is200AndForgotten(string shape, string rest)
    {
        var id = $"evt_{Guid.NewGuid():N}";
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","type":"x.y","created":1,"livemode":false,{{rest}}}""");

        var answer = await SendAsync(body, WebhookSender.SignatureHeader(body, app.Stripe.WebhookSecret, StripeClock.Now));

        Assert.Equal((shape, HttpStatusCode.OK), (shape, answer));
        Assert.Equal(0, await app.World.CountAsync("select count(*) from stripe_events where id = $1", id));
    }

    [Theory]
    [InlineData("evt_\\u0000")]
    [InlineData("evt_\\ud800")]
    [InlineData("")]
    public async Task Webhook_WhoseOwnIdIsNone_Is400(string id)
    {
        var (booking, checkout) = await PaidUnheardAsync();
        var body = Encoding.UTF8.GetBytes(
            $$"""{"id":"{{id}}","type":"checkout.session.completed","livemode":false,"data":{"object":{"id":"{{checkout}}","object":"checkout.session"} } }""");

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(body, WebhookSender.SignatureHeader(body, app.Stripe.WebhookSecret, StripeClock.Now)));

        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.RingAsync(checkout);
    }

    [Fact]
    public async Task Webhook_RefundWithItsWholePaymentIntent_IsRecorded()
    {
        var (booking, checkout) = await PaidUnheardAsync();
        await app.RingAsync(checkout);
        var intent = (await app.PaymentAsync(booking)).PaymentIntentId!;
        var refund = app.Stripe.RefundInDashboard(intent, 5500);
        var body = Encoding.UTF8.GetBytes(
            $$"""{"id":"evt_{{Guid.NewGuid():N}}","type":"refund.created","livemode":false,"data":{"object":{"id":"{{refund}}","object":"refund","payment_intent":{"id":"{{intent}}"} } } }""");

        Assert.Equal(HttpStatusCode.OK, await SendAsync(body, WebhookSender.SignatureHeader(body, app.Stripe.WebhookSecret, StripeClock.Now)));

        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Webhook_TooLarge_Is413()
    {
        var body = new byte[300 * 1024];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(body, WebhookSender.SignatureHeader(body, app.Stripe.WebhookSecret, StripeClock.Now)));
    }

    [Fact]
    public async Task Webhook_ByGet_IsNotThere()
    {
        var page = await app.Browse().GetAsync(PaymentUrls.Webhook);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task Webhook_StripeCannotBeAsked_Is503AndTheNextDeliveryCounts()
    {
        var (booking, checkout) = await PaidUnheardAsync();
        var happened = Assert.Single(app.EventsOf(checkout));
        app.Stripe.Faults.Always = Fault.ServerError;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.Stripe.Webhooks.SendAsync(happened, Token));
        app.Stripe.Faults.Always = null;
        Assert.Equal(HttpStatusCode.OK, await app.Stripe.Webhooks.SendAsync(happened, Token));

        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Webhook_DatabaseFailsHalfWay_NothingIsHalfDone()
    {
        var (booking, checkout) = await PaidUnheardAsync();
        var happened = Assert.Single(app.EventsOf(checkout));
        await app.World.ExecuteAsync(
            "create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; create trigger fail before update of state on bookings for each row execute function fail()");

        var answer = await app.Stripe.Webhooks.SendAsync(happened, Token);
        await app.World.ExecuteAsync("drop trigger fail on bookings; drop function fail");

        Assert.Equal(HttpStatusCode.InternalServerError, answer);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Equal(0, await app.World.CountAsync("select count(*) from stripe_events where id = $1", happened));
        Assert.Equal(HttpStatusCode.OK, await app.Stripe.Webhooks.SendAsync(happened, Token));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Webhook_BankTransfer_KeepsThePlacesUntilItSettles()
    {
        var (booking, checkout) = await WithBankAsync();
        app.Clock.Advance(TimeSpan.FromHours(30));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
        Assert.Equal(StartPaymentResult.AwaitingBank, (await app.StartAsync(booking)).Result);

        app.Stripe.SettleBank(checkout, succeeds: true);
        await app.RunJobAsync(nameof(ReconcilePayments));

        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
        await app.RingAsync(checkout);
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Webhook_BankTransferFails_ReleasesThePlaces()
    {
        var (booking, checkout) = await WithBankAsync();

        app.Stripe.SettleBank(checkout, succeeds: false);
        await app.RingAsync(checkout);

        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        Assert.Equal(PaymentState.Expired, (await app.PaymentAsync(booking)).State);
        await app.CheckAsync();
    }

    /// <summary>The twin of twenty deliveries: with no lock on the payment, and no key behind it, each that meets the others records.</summary>
    [Fact]
    public async Task Webhook_GuardsSwitchedOff_EachRecordsWhenTheyMeet()
    {
        await using var unguarded = await WithoutKeysAsync();
        var (booking, record) = await PaidUnrecordedAsync(unguarded);

        await Gate.MeetAsync(unguarded.Database, "ledger_entries", 4, record);

        Assert.Equal(4 * 5500, await unguarded.PaidPenceAsync(booking));
    }

    [Fact]
    public async Task Webhook_GuardsSwitchedOffInSequence_RecordsOnce()
    {
        await using var unguarded = await WithoutKeysAsync();
        var (booking, record) = await PaidUnrecordedAsync(unguarded);

        await record();
        await record();

        Assert.Equal(5500, await unguarded.PaidPenceAsync(booking));
    }

    private async Task<PayApp> WithoutKeysAsync()
    {
        var unguarded = new PayApp(databases);
        await ((IAsyncLifetime)unguarded).InitializeAsync();
        // With the last index they would end in a deadlock: a payment that gets its intent waits for every ledger line that names it.
        await unguarded.World.ExecuteAsync(
            "alter table stripe_events drop constraint pk_stripe_events; alter table ledger_entries disable trigger user; "
            + "drop index ux_ledger_entries_payment_id_place_id, ux_payments_payment_intent_id");
        return unguarded;
    }

    /// <summary>A checkout of £55 that was paid, and what records it as Stripe told of it, without a row locked.</summary>
    private static async Task<(Guid Booking, Func<Task> Record)> PaidUnrecordedAsync(PayApp unguarded)
    {
        var booking = await unguarded.HeldAsync(places: 1);
        var checkout = await unguarded.CheckoutAsync(booking);
        unguarded.Stripe.Pay(checkout);
        var heard = StripeEventBody.Parse(Encoding.UTF8.GetBytes(
            unguarded.Stripe.All("event").Last(one => (string?)one["data"]!["object"]!["id"] == checkout).ToJsonString()));
        var seen = await unguarded.WithAsync<Checkouts, SeenCheckout>(checkouts => checkouts.SeeAsync(checkout, Token));
        return (booking, () => Unguarded.WithoutRowLocksAsync(
            () => unguarded.WithAsync<RecordPayment, RecordResult>(record => record.RunAsync(seen, heard, Token))));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(Guid Booking, string Checkout)> PaidUnheardAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        return (booking, checkout);
    }

    private async Task<(Guid Booking, string Checkout)> WithBankAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.PayByBank(checkout);
        await app.RingAsync(checkout);
        Assert.Equal(PaymentState.AwaitingBank, (await app.PaymentAsync(booking)).State);
        return (booking, checkout);
    }

    private byte[] Body(string checkout, bool isLive)
    {
        var happened = app.Stripe.All("event").Last(one => (string?)one["data"]!["object"]!["id"] == checkout);
        happened["livemode"] = isLive;
        return Encoding.UTF8.GetBytes(happened.ToJsonString());
    }

    private async Task<HttpStatusCode> SendAsync(byte[] body, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, PaymentUrls.Webhook) { Content = new ByteArrayContent(body) };
        if (header is not null)
        {
            request.Headers.Add(StripeSignature.Header, header);
        }

        return (await app.Browse().SendAsync(request)).Status;
    }
}
