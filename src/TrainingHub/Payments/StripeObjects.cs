using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingHub.Payments;

/// <summary>One line of a checkout: <paramref name="UnitPence"/> each.</summary>
internal sealed record CheckoutLine(string Name, int UnitPence, int Quantity);

/// <summary>
/// What is asked of Stripe for one attempt to pay. A repeat with the same idempotency key must be equal in every field, so
/// <see cref="ExpiresAt"/> is made once by <see cref="ExpiryFor"/> and stored with the payment before the first call. A repeat
/// so late that Stripe refuses it (<c>expires_at</c>) proves that no session was made under that key: take the next attempt.
/// </summary>
internal sealed record NewCheckoutSession
{
    public required IReadOnlyList<CheckoutLine> Lines { get; init; }

    /// <summary>May hold <c>{CHECKOUT_SESSION_ID}</c>.</summary>
    public required string SuccessUrl { get; init; }

    public required string CancelUrl { get; init; }

    /// <summary>At most 200 characters; comes back with the session.</summary>
    public required string ClientReference { get; init; }

    public string? CustomerEmail { get; init; }

    /// <summary>Real time, whole seconds, 30 minutes to 24 hours from now. Holds of places go by the site's own clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Set on the session and on its payment intent, to which Stripe does not copy it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Lower case.</summary>
    public string Currency { get; init; } = "gbp";

    /// <summary>31 minutes from real now: Stripe's least is 30, one is for the way. Pass <see cref="StripeClock.Now"/>.</summary>
    public static DateTimeOffset ExpiryFor(DateTimeOffset realNow) =>
        DateTimeOffset.FromUnixTimeSeconds(realNow.AddMinutes(31).ToUnixTimeSeconds());
}

internal enum StripeSessionStatus
{
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("complete")] Complete,
    [JsonStringEnumMemberName("expired")] Expired,
}

internal enum StripePaymentStatus
{
    [JsonStringEnumMemberName("paid")] Paid,

    /// <summary>With a complete session: a bank payment is under way, the money is not there yet.</summary>
    [JsonStringEnumMemberName("unpaid")] Unpaid,
    [JsonStringEnumMemberName("no_payment_required")] NoPaymentRequired,
}

/// <summary>A Checkout session as Stripe has it now. Amounts in pence, times in Unix seconds; <c>Url</c> is null once it is closed.</summary>
internal sealed record StripeSession(
    string Id, StripeSessionStatus Status, StripePaymentStatus PaymentStatus, Uri? Url, int? AmountTotal, string? Currency, string? PaymentIntent,
    string? ClientReferenceId, long ExpiresAt, bool Livemode, IReadOnlyDictionary<string, string>? Metadata);

internal enum StripeIntentStatus
{
    [JsonStringEnumMemberName("requires_payment_method")] RequiresPaymentMethod,
    [JsonStringEnumMemberName("requires_confirmation")] RequiresConfirmation,
    [JsonStringEnumMemberName("requires_action")] RequiresAction,
    [JsonStringEnumMemberName("processing")] Processing,
    [JsonStringEnumMemberName("requires_capture")] RequiresCapture,
    [JsonStringEnumMemberName("canceled")] Canceled,
    [JsonStringEnumMemberName("succeeded")] Succeeded,
}

internal sealed record StripePaymentIntent(
    string Id, StripeIntentStatus Status, int Amount, int AmountReceived, string Currency, bool Livemode, IReadOnlyDictionary<string, string>? Metadata);

internal enum StripeRefundStatus
{
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("requires_action")] RequiresAction,
    [JsonStringEnumMemberName("succeeded")] Succeeded,
    [JsonStringEnumMemberName("failed")] Failed,
    [JsonStringEnumMemberName("canceled")] Canceled,
}

internal sealed record StripeRefund(
    string Id, StripeRefundStatus? Status, int Amount, string Currency, string? PaymentIntent, IReadOnlyDictionary<string, string>? Metadata,
    string? FailureReason = null);

/// <summary>
/// An event as Stripe sends or lists it. Only ids are read from its object, which is as old as the event: fetch the object and act
/// on what it says now.
/// </summary>
internal sealed record StripeEventBody(string Id, string Type, long Created, bool Livemode, StripeEventBody.DataPart Data)
{
    internal sealed record DataPart(ObjectPart Object);

    /// <summary><c>Object</c> is the kind: <c>checkout.session</c>, <c>charge</c>, <c>refund</c>, <c>payment_intent</c>.</summary>
    internal sealed record ObjectPart(string Id, string Object, string? PaymentIntent = null);

    /// <summary>Reads a webhook's body whose signature holds; null when it is not an event.</summary>
    public static StripeEventBody? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, StripeJson.Default.StripeEventBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record StripeEventPage(IReadOnlyList<StripeEventBody> Data, bool HasMore);

internal sealed record StripeErrorBody(string? Type = null, string? Code = null, string? Param = null);

internal sealed record StripeErrorAnswer(StripeErrorBody? Error = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StripeSession))]
[JsonSerializable(typeof(StripePaymentIntent))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(StripeEventBody))]
[JsonSerializable(typeof(StripeEventPage))]
[JsonSerializable(typeof(StripeErrorAnswer))]
internal sealed partial class StripeJson : JsonSerializerContext;
