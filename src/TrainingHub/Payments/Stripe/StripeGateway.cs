using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Stripe;
using Stripe.Checkout;

namespace TrainingHub.Payments;

internal enum StripeRefundReason
{
    RequestedByCustomer,
    Duplicate,
}

/// <summary>
/// The calls of Stripe's API that the site makes, by Stripe's library, which pins the API's version and tries again after no
/// answer, 409 and 5xx, unless Stripe says otherwise. Every call that changes something takes an idempotency key that belongs to
/// the business act (<c>booking-…-pay-1</c>), never to the try: with it a repeat has one effect. Failures are
/// <see cref="StripeGatewayException"/>. Never call it inside a database transaction.
/// </summary>
internal sealed partial class StripeGateway(IHttpClientFactory https, IOptions<StripeOptions> options, ILogger<StripeGateway> logger)
{
    private const int MaxRetries = 2;

    private readonly StripeOptions settings = options.Value;

    private readonly Lazy<StripeClient> library = new(() => new StripeClient(new StripeClientOptions
    {
        ApiKey = options.Value.SecretKey,
        ApiBase = options.Value.ApiBase.AbsoluteUri.TrimEnd('/'),
        HttpClient = new SystemNetHttpClient(https.CreateClient(nameof(StripeGateway)), MaxRetries, enableTelemetry: false),
    }));

    /// <summary>The version that the schema and the contract test are for; all three change together.</summary>
    public static string ApiVersion => StripeConfiguration.ApiVersion;

    /// <summary>
    /// Opens a checkout, or gives the one that this key opened before. Refuses a session whose page is not on
    /// <see cref="StripeOptions.CheckoutOrigin"/>, where the site's policy would not let the buyer go.
    /// </summary>
    public async Task<StripeSession> CreateCheckoutSessionAsync(NewCheckoutSession wanted, string idempotencyKey, CancellationToken ct)
    {
        var once = Once(idempotencyKey);
        var session = await AskAsync(
            "POST checkout/sessions", (stripe, stop) => new SessionService(stripe).CreateAsync(wanted.Options(), once, stop), StripeSession.Of, ct);
        var origin = settings.CheckoutOrigin.GetLeftPart(UriPartial.Authority);
        if (session.Url is { } url && url.GetLeftPart(UriPartial.Authority) != origin)
        {
            throw new InvalidOperationException($"Stripe:CheckoutOrigin is {origin}, but Stripe's payment page is on {url.GetLeftPart(UriPartial.Authority)}.");
        }

        return session;
    }

    public Task<StripeSession> GetCheckoutSessionAsync(string id, CancellationToken ct) =>
        AskAsync("GET checkout/sessions", (stripe, stop) => new SessionService(stripe).GetAsync(Checked(id), cancellationToken: stop), StripeSession.Of, ct);

    /// <summary>
    /// Closes an open session for good. Null when it was not open any more: fetch it, it may have been paid.
    /// </summary>
    public async Task<StripeSession?> ExpireCheckoutSessionAsync(string id, string idempotencyKey, CancellationToken ct)
    {
        var once = Once(idempotencyKey);
        try
        {
            return await AskAsync(
                "POST checkout/sessions/expire", (stripe, stop) => new SessionService(stripe).ExpireAsync(Checked(id), null, once, stop), StripeSession.Of, ct);
        }
        catch (StripeGatewayException refused) when (refused is { Status: System.Net.HttpStatusCode.BadRequest, Type: "invalid_request_error" })
        {
            return null;
        }
    }

    /// <summary>Gives back <paramref name="amountPence"/> of what the payment intent received; Stripe refuses more than is left.</summary>
    public Task<StripeRefund> CreateRefundAsync(
        string paymentIntent, int amountPence, StripeRefundReason reason, IReadOnlyDictionary<string, string> metadata, string idempotencyKey, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amountPence);
        var once = Once(idempotencyKey);
        var wanted = new RefundCreateOptions
        {
            PaymentIntent = paymentIntent,
            Amount = amountPence,
            Reason = reason switch
            {
                StripeRefundReason.RequestedByCustomer => RefundReasons.RequestedByCustomer,
                StripeRefundReason.Duplicate => RefundReasons.Duplicate,
            },
            Metadata = new Dictionary<string, string>(metadata),
        };
        return AskAsync("POST refunds", (stripe, stop) => new RefundService(stripe).CreateAsync(wanted, once, stop), StripeRefund.Of, ct);
    }

    public Task<StripeRefund> GetRefundAsync(string id, CancellationToken ct) =>
        AskAsync("GET refunds", (stripe, stop) => new RefundService(stripe).GetAsync(Checked(id), cancellationToken: stop), StripeRefund.Of, ct);

    public Task<StripeDispute> GetDisputeAsync(string id, CancellationToken ct) =>
        AskAsync("GET disputes", (stripe, stop) => new DisputeService(stripe).GetAsync(Checked(id), cancellationToken: stop), StripeDispute.Of, ct);

    /// <summary>Every event of these types between the two instants, newest first. Read as text: the library would refuse other API versions.</summary>
    public async Task<IReadOnlyList<StripeEventBody>> ListEventsAsync(
        IReadOnlyList<string> types, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var query = $"/v1/events?limit=100&created[gte]={from.ToUnixTimeSeconds()}&created[lte]={until.ToUnixTimeSeconds()}"
            + string.Concat(types.Select(type => $"&types[]={type}"));
        var events = new List<StripeEventBody>();
        var hasMore = true;
        while (hasMore)
        {
            var page = query + (events is [.., var last] ? $"&starting_after={Checked(last.Id)}" : "");
            var read = await AskAsync(
                "GET events",
                (stripe, stop) => stripe.RawRequestAsync(HttpMethod.Get, page, cancellationToken: stop),
                answer => answer.RequestId,
                answer => (Events: StripeEventBody.ParseList(answer.Content, out var more), HasMore: more),
                ct);
            events.AddRange(read.Events);
            hasMore = read is { HasMore: true, Events.Count: > 0 };
        }

        return events;
    }

    public Task<StripePaymentIntent> GetPaymentIntentAsync(string id, CancellationToken ct) =>
        AskAsync("GET payment_intents", (stripe, stop) => new PaymentIntentService(stripe).GetAsync(Checked(id), cancellationToken: stop), StripePaymentIntent.Of, ct);

    private Task<T> AskAsync<TEntity, T>(
        string call, Func<StripeClient, CancellationToken, Task<TEntity>> ask, Func<TEntity, T> read, CancellationToken ct)
        where TEntity : StripeEntity =>
        AskAsync(call, ask, answer => answer.StripeResponse?.RequestId, read, ct);

    /// <summary>Given up after <see cref="StripeOptions.CallTimeout"/>, with all its tries.</summary>
    private async Task<T> AskAsync<TAnswer, T>(
        string call, Func<StripeClient, CancellationToken, Task<TAnswer>> ask, Func<TAnswer, string?> requestOf, Func<TAnswer, T> read, CancellationToken ct)
    {
        if (!settings.CardsOffered)
        {
            throw new InvalidOperationException("Cards are switched off: Stripe:SecretKey is not set.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(settings.CallTimeout);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await ask(library.Value, deadline.Token);
            var milliseconds = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var request = requestOf(answer);
            LogAnswered(call, request, milliseconds);
            return read(answer);
        }
        catch (StripeException refused)
        {
            throw StripeGatewayException.Refused(call, refused);
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException)
        {
            throw StripeGatewayException.Unreadable(call, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw StripeGatewayException.NoAnswer(call, e);
        }
    }

    private static RequestOptions Once(string idempotencyKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idempotencyKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(idempotencyKey.Length, 255);
        return new RequestOptions { IdempotencyKey = idempotencyKey };
    }

    /// <summary>An id comes out of an address at times, and becomes a part of one here.</summary>
    private static string Checked(string id) =>
        id.Length is > 0 and <= 255 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? id : throw StripeGatewayException.NoSuchId();

    [LoggerMessage(Level = LogLevel.Information, Message = "Stripe answered {Call} (request {RequestId}) in {Milliseconds} ms")]
    private partial void LogAnswered(string call, string? requestId, int milliseconds);
}
