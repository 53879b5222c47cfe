namespace TrainingHub.Payments;

/// <summary>A checkout as Stripe has it now; the intent's state only while a bank transfer may be under way.</summary>
internal sealed record SeenCheckout(StripeSession Session, StripeIntentStatus? Intent = null)
{
    /// <summary>Also when Stripe asked for nothing, as with a coupon for the whole price: that is a payment of £0, which a person looks at.</summary>
    public bool IsPaid => Session is
    { Status: StripeSessionStatus.Complete, PaymentStatus: StripePaymentStatus.Paid or StripePaymentStatus.NoPaymentRequired };

    /// <summary>The buyer is done, the bank is not. It may still fail.</summary>
    public bool IsWithBank => Session is { Status: StripeSessionStatus.Complete, PaymentStatus: StripePaymentStatus.Unpaid }
        && Intent is not (StripeIntentStatus.RequiresPaymentMethod or StripeIntentStatus.Canceled);

    public bool IsOpen => Session.Status == StripeSessionStatus.Open;
}

/// <summary>Asks Stripe about checkouts. Throws <see cref="StripeGatewayException"/>.</summary>
internal sealed class Checkouts(StripeGateway stripe)
{
    public async Task<SeenCheckout> SeeAsync(string sessionId, CancellationToken ct) =>
        await WithIntentAsync(await stripe.GetCheckoutSessionAsync(sessionId, ct), ct);

    /// <summary>Closes the checkout for good, unless the buyer was faster; says what became of it.</summary>
    public async Task<SeenCheckout> CloseAsync(Payment payment, string sessionId, CancellationToken ct) =>
        await stripe.ExpireCheckoutSessionAsync(sessionId, payment.IdempotencyKey + "-expire", ct) is { } closed
            ? new SeenCheckout(closed)
            : await SeeAsync(sessionId, ct);

    private async Task<SeenCheckout> WithIntentAsync(StripeSession session, CancellationToken ct)
    {
        if (session is { Status: StripeSessionStatus.Complete, PaymentStatus: StripePaymentStatus.Unpaid, PaymentIntent: { } intent })
        {
            return new(session, (await stripe.GetPaymentIntentAsync(intent, ct)).Status);
        }

        return new(session);
    }
}
