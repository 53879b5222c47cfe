using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TrainingHub.StripeDouble;

/// <summary>
/// A local Stripe on loopback, in the process of a test or in its own. Tests act as the buyer, the bank and the dashboard
/// through its methods, order faults through <see cref="Faults"/> and steer events through <see cref="Webhooks"/>.
/// </summary>
internal sealed class StripeDoubleServer : IAsyncDisposable
{
    private readonly Books books;
    private readonly Checkout checkout;
    private readonly Refunds refunds;
    private readonly Disputes disputes;
    private readonly StripeDoubleOptions options;
    private readonly CancellationTokenSource stop = new();
    private readonly WebApplication app;
    private Task catchingUp = Task.CompletedTask;

    private StripeDoubleServer(StripeDoubleOptions options)
    {
        options.Validate();
        this.options = options;
        books = new Books(options);
        checkout = new Checkout(books, Report, options);
        refunds = new Refunds(books, Report);
        disputes = new Disputes(books, Report);
        Webhooks = new WebhookSender(books, options);
        app = Build();
    }

    /// <summary>Where it listens, with a closing slash: the app's <c>Stripe:ApiBase</c>, and as an origin its <c>Stripe:CheckoutOrigin</c>.</summary>
    public Uri BaseUrl { get; private set; } = new("http://127.0.0.1/");

    public string SecretKey => options.SecretKey;

    public string WebhookSecret => options.WebhookSecret;

    public Faults Faults { get; } = new();

    public WebhookSender Webhooks { get; }

    /// <summary>Every charge, refund and dispute, in order; its sums are what the app's own ledger is compared with.</summary>
    public IReadOnlyList<LedgerEntry> Ledger
    {
        get { lock (books.Gate) return [.. books.Ledger]; }
    }

    /// <summary>Copies of all objects of that kind (<c>checkout.session</c>, <c>event</c>, <c>refund</c>, …), oldest first.</summary>
    public IReadOnlyList<JsonObject> All(string kind) => All(kind, _ => true);

    /// <summary>The same of those that are so; no other is copied.</summary>
    public IReadOnlyList<JsonObject> All(string kind, Func<JsonObject, bool> where)
    {
        lock (books.Gate)
            return [.. books.NewestFirst(kind).Where(where).Reverse().Select(one => (JsonObject)one.DeepClone())];
    }

    public static async Task<StripeDoubleServer> StartAsync(StripeDoubleOptions options, CancellationToken ct)
    {
        var server = new StripeDoubleServer(options);
        await server.app.StartAsync(ct);
        var addresses = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("The server has no addresses.");
        server.BaseUrl = new Uri(addresses.Addresses.First() + "/");
        server.checkout.PublicUrl = server.BaseUrl;
        server.Webhooks.QueueUndelivered();
        server.catchingUp = server.CatchUpAsync(server.stop.Token);
        return server;
    }

    public Task WaitForShutdownAsync(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    public void Pay(string session) => Change(() => checkout.PayByCard(Session(session)));

    public void PayByBank(string session) => Change(() => checkout.PayByBank(Session(session), succeeds: true));

    public void SettleBank(string session, bool succeeds) => Change(() => checkout.SettleBank(Session(session), succeeds));

    public void Decline(string session) => Change(() => checkout.Decline(Session(session)));

    public void ExpireNow(string session) => Change(() => checkout.Expire(Session(session)));

    /// <summary>Makes the open session cost something else than was asked for, as a fault or a forger would.</summary>
    public void Falsify(string session, long amountPence, string currency = "gbp") => Change(() =>
    {
        var found = Session(session);
        found["amount_subtotal"] = amountPence;
        found["amount_total"] = amountPence;
        found["currency"] = currency;
    });

    /// <summary>A refund that somebody made in Stripe's dashboard: the app first hears of it by event.</summary>
    public string RefundInDashboard(string paymentIntent, long amountPence)
    {
        var id = "";
        Change(() => id = (string)refunds.Create(new JsonObject { ["payment_intent"] = paymentIntent, ["amount"] = amountPence })["id"]!);
        return id;
    }

    /// <summary>Makes Stripe say something else of the session than it should, as a new version or a fault would.</summary>
    public void Tamper(string session, string field, JsonNode? value) => Change(() => Session(session)[field] = value);

    /// <summary>Loses the object, and every event about it: as if this account had never had it.</summary>
    public void Forget(string id) => Change(() => books.Forget(one => (string?)one["id"] == id || IsAbout(one, id)));

    /// <summary>Loses every event about the object: neither delivered nor listed.</summary>
    public void LoseEvents(string id) => Change(() => books.Forget(one => IsAbout(one, id)));

    /// <summary>The payer asks their bank for the money back; of an inquiry the bank takes nothing yet.</summary>
    public string Dispute(string paymentIntent, DateTimeOffset? dueBy = null, bool isInquiry = false)
    {
        var id = "";
        Change(() => id = (string)disputes.Open(books.Get("payment_intent", paymentIntent, "intent"), dueBy, isInquiry)["id"]!);
        return id;
    }

    public void EscalateInquiry(string dispute) => Change(() => disputes.Escalate(books.Get("dispute", dispute, "dispute")));

    public void AnswerDispute(string dispute) => Change(() => disputes.Answer(books.Get("dispute", dispute, "dispute")));

    public void CloseDispute(string dispute, bool isWon) => Change(() => disputes.Close(books.Get("dispute", dispute, "dispute"), isWon));

    public void RefuseAddresses(bool refuse = true) => Change(() => checkout.RefuseAddresses = refuse);

    /// <summary>New refunds stay pending until <see cref="SettleRefund"/>.</summary>
    public void KeepRefundsPending(bool pending = true) => Change(() => refunds.StayPending = pending);

    public void SettleRefund(string refund, bool succeeds) => Change(() => refunds.Settle(books.Get("refund", refund, "refund"), succeeds));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await catchingUp;
        await Webhooks.DisposeAsync();
        await app.DisposeAsync();
        stop.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1_000_000;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        var api = new StripeApi(books, checkout, refunds, new Idempotency(books), Faults, options);
        var page = new PayPage(books, checkout);
        app.Map("/v1/{**rest}", api.HandleAsync);
        app.MapGet("/c/pay/{id}", (HttpContext http, string id) => page.ShowAsync(http, id));
        app.MapPost("/c/pay/{id}", (HttpContext http, string id) => page.ChooseAsync(http, id));
        app.MapGet("/double/ledger", (HttpContext http) => api.IsCaller(http.Request) ? Results.Json(Ledger) : Results.NotFound());
        app.MapGet("/double/ready", () => Results.Text("ready"));
        return app;
    }

    private static bool IsAbout(JsonObject one, string id) => (string?)one["object"] == "event" && (string?)one["data"]!["object"]!["id"] == id;

    private JsonObject Session(string id) => books.Get("checkout.session", id, "session");

    private void Change(Action change)
    {
        lock (books.Gate)
        {
            change();
            books.Save();
        }
    }

    private void Report(string type, JsonObject about) => Webhooks.Queue(books.Add(new JsonObject
    {
        ["id"] = Books.NewId("evt_"),
        ["object"] = "event",
        ["api_version"] = StripeDoubleOptions.ApiVersion,
        ["created"] = books.Now,
        ["livemode"] = false,
        ["pending_webhooks"] = 1,
        ["type"] = type,
        ["data"] = new JsonObject { ["object"] = about.DeepClone() },
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
    }));

    private async Task CatchUpAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), options.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                lock (books.Gate)
                {
                    if (checkout.CatchUp())
                    {
                        books.Save();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
    }
}
