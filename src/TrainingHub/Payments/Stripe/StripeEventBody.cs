using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingHub.Payments;

/// <summary>
/// An event as Stripe sends it. Only ids are read from its object, which is as old as the event: fetch the object and act on
/// what it says now.
/// </summary>
internal sealed record StripeEventBody(string Id, string Type, bool Livemode, StripeEventBody.DataPart Data)
{
    internal sealed record DataPart(ObjectPart Object);

    /// <summary><c>Object</c> is the kind: <c>checkout.session</c>, <c>charge</c>, <c>refund</c>, <c>payment_intent</c>.</summary>
    internal sealed record ObjectPart(string Id, string Object, string? PaymentIntent = null);

    /// <summary>
    /// Reads a webhook's body whose signature holds; null when it is not an event. Not by Stripe's library, which would read the
    /// whole object and refuse one of another API version.
    /// </summary>
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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StripeEventBody))]
internal sealed partial class StripeJson : JsonSerializerContext;
