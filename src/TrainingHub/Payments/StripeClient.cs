using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace TrainingHub.Payments;

internal enum StripeRefundReason
{
    RequestedByCustomer,
    Duplicate,
}

/// <summary>
/// The calls of Stripe's API that the site makes, each at most ten seconds long with its retries. Every call that changes
/// something takes an idempotency key that belongs to the business act (<c>booking-…-pay-1</c>), never to the try: with it a
/// repeat has one effect. Failures are <see cref="StripeException"/>. Never call it inside a database transaction.
/// </summary>
internal sealed class StripeClient(StripeConnection connection, IOptions<StripeOptions> options)
{
    /// <summary>
    /// Opens a checkout, or gives the one that this key opened before. Refuses a session whose page is not on
    /// <see cref="StripeOptions.CheckoutOrigin"/>, where the site's policy would not let the buyer go.
    /// </summary>
    public async Task<StripeSession> CreateCheckoutSessionAsync(NewCheckoutSession wanted, string idempotencyKey, CancellationToken ct)
    {
        var session = await connection.PostAsync("checkout/sessions", Form(wanted), idempotencyKey, StripeJson.Default.StripeSession, ct);
        var origin = options.Value.CheckoutOrigin.GetLeftPart(UriPartial.Authority);
        if (session.Url is { } url && url.GetLeftPart(UriPartial.Authority) != origin)
            throw new InvalidOperationException($"Stripe:CheckoutOrigin is {origin}, but Stripe's payment page is on {url.GetLeftPart(UriPartial.Authority)}.");
        return session;
    }

    public Task<StripeSession> GetCheckoutSessionAsync(string id, CancellationToken ct) =>
        connection.GetAsync("checkout/sessions/", id, "", StripeJson.Default.StripeSession, ct);

    /// <summary>
    /// Closes an open session for good. Null when it was not open any more: fetch it, it may have been paid.
    /// </summary>
    public async Task<StripeSession?> ExpireCheckoutSessionAsync(string id, string idempotencyKey, CancellationToken ct)
    {
        try
        {
            return await connection.PostAsync("checkout/sessions/", id, "/expire", idempotencyKey, StripeJson.Default.StripeSession, ct);
        }
        catch (StripeException refused) when (refused is { Status: System.Net.HttpStatusCode.BadRequest, Type: "invalid_request_error" })
        {
            return null;
        }
    }

    /// <summary>Gives back <paramref name="amountPence"/> of what the payment intent received; Stripe refuses more than is left.</summary>
    public Task<StripeRefund> CreateRefundAsync(
        string paymentIntent, int amountPence, StripeRefundReason reason, IReadOnlyDictionary<string, string> metadata, string idempotencyKey, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amountPence);
        List<KeyValuePair<string, string>> form =
        [
            new("payment_intent", paymentIntent),
            new("amount", Number(amountPence)),
            new("reason", reason switch
            {
                StripeRefundReason.RequestedByCustomer => "requested_by_customer",
                StripeRefundReason.Duplicate => "duplicate",
            }),
            .. metadata.Select(pair => KeyValuePair.Create($"metadata[{pair.Key}]", pair.Value)),
        ];
        return connection.PostAsync("refunds", form, idempotencyKey, StripeJson.Default.StripeRefund, ct);
    }

    public Task<StripeRefund> GetRefundAsync(string id, CancellationToken ct) =>
        connection.GetAsync("refunds/", id, "", StripeJson.Default.StripeRefund, ct);

    public Task<StripePaymentIntent> GetPaymentIntentAsync(string id, CancellationToken ct) =>
        connection.GetAsync("payment_intents/", id, "", StripeJson.Default.StripePaymentIntent, ct);

    public Task<StripeEventBody> GetEventAsync(string id, CancellationToken ct) =>
        connection.GetAsync("events/", id, "", StripeJson.Default.StripeEventBody, ct);

    /// <summary>
    /// Events of these types since that moment (real time), newest first, at most 30 days back. With
    /// <paramref name="onlyUndelivered"/> those that no webhook has answered yet: what an outage left behind.
    /// </summary>
    public async IAsyncEnumerable<StripeEventBody> ListEventsAsync(
        IReadOnlyList<string> types, DateTimeOffset since, bool onlyUndelivered, [EnumeratorCancellation] CancellationToken ct)
    {
        var query = $"events?limit=100&created[gte]={Number(since.ToUnixTimeSeconds())}{string.Concat(types.Select(type => "&types[]=" + Uri.EscapeDataString(type)))}{(onlyUndelivered ? "&delivery_success=false" : "")}";
        var after = "";
        while (true)
        {
            var page = await connection.GetAsync(query + after, "", "", StripeJson.Default.StripeEventPage, ct);
            foreach (var one in page.Data)
                yield return one;
            if (!page.HasMore || page.Data.Count == 0)
                yield break;
            after = "&starting_after=" + Uri.EscapeDataString(page.Data[^1].Id);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Form(NewCheckoutSession wanted)
    {
        yield return new("mode", "payment");
        yield return new("success_url", wanted.SuccessUrl);
        yield return new("cancel_url", wanted.CancelUrl);
        yield return new("client_reference_id", wanted.ClientReference);
        yield return new("expires_at", Number(wanted.ExpiresAt.ToUnixTimeSeconds()));
        yield return new("locale", "en-GB");
        yield return new("submit_type", "book");
        if (wanted.CustomerEmail is not null)
            yield return new("customer_email", wanted.CustomerEmail);
        for (var i = 0; i < wanted.Lines.Count; i++)
        {
            yield return new($"line_items[{i}][quantity]", Number(wanted.Lines[i].Quantity));
            yield return new($"line_items[{i}][price_data][currency]", wanted.Currency);
            yield return new($"line_items[{i}][price_data][unit_amount]", Number(wanted.Lines[i].UnitPence));
            yield return new($"line_items[{i}][price_data][product_data][name]", wanted.Lines[i].Name);
        }
        foreach (var (key, value) in wanted.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return new($"metadata[{key}]", value);
            yield return new($"payment_intent_data[metadata][{key}]", value);
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
