using Stripe.Checkout;

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

    /// <summary>What Stripe's button says: "book" or "pay".</summary>
    public string SubmitType { get; init; } = "book";

    /// <summary>Lower case.</summary>
    public string Currency { get; init; } = "gbp";

    /// <summary>31 minutes from real now: Stripe's least is 30, one is for the way. Pass <see cref="StripeClock.Now"/>.</summary>
    public static DateTimeOffset ExpiryFor(DateTimeOffset realNow) =>
        DateTimeOffset.FromUnixTimeSeconds(realNow.AddMinutes(31).ToUnixTimeSeconds());

    public SessionCreateOptions Options() => new()
    {
        Mode = "payment",
        SuccessUrl = SuccessUrl,
        CancelUrl = CancelUrl,
        ClientReferenceId = ClientReference,
        CustomerEmail = CustomerEmail,
        ExpiresAt = ExpiresAt.UtcDateTime,
        Locale = "en-GB",
        SubmitType = SubmitType,
        LineItems = [.. Lines.Select(Item)],
        Metadata = new Dictionary<string, string>(Metadata),
        PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = new Dictionary<string, string>(Metadata) },
    };

    private SessionLineItemOptions Item(CheckoutLine line) => new()
    {
        Quantity = line.Quantity,
        PriceData = new SessionLineItemPriceDataOptions
        {
            Currency = Currency,
            UnitAmount = line.UnitPence,
            ProductData = new SessionLineItemPriceDataProductDataOptions { Name = line.Name },
        },
    };
}
