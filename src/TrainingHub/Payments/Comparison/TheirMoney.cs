namespace TrainingHub.Payments;

/// <summary>Money that moved, or did not, as Stripe has it: a checkout, a refund or a dispute.</summary>
/// <param name="Id">Stripe's.</param>
/// <param name="PaymentIntent"></param>
/// <param name="Sum">Null of a checkout that brought nothing.</param>
/// <param name="State">The state that it is to have here.</param>
/// <param name="Mark">The payment of ours that Stripe says it is; null when Stripe does not say.</param>
internal sealed record TheirMoney(string Id, string? PaymentIntent, MoneySum? Sum, string State, Guid? Mark = null)
{
    public static TheirMoney Of(StripeSession session)
    {
        var isPaid = new SeenCheckout(session).IsPaid;
        return new(
            session.Id, session.PaymentIntent, isPaid ? new(session.Received.Amount, session.Received.Currency) : null,
            isPaid ? nameof(PaymentState.Paid) : "", MarkOf(session.Metadata));
    }

    public static TheirMoney Of(StripeRefund refund) => new(refund.Id, refund.PaymentIntent, new(refund.Amount, refund.Currency), RecordRefund.StateOf(refund).ToString());

    public static TheirMoney Of(StripeDispute dispute) => new(dispute.Id, dispute.PaymentIntent, new(dispute.Amount, dispute.Currency), $"{dispute.State} {dispute.TakesMoney}");

    public static Guid? MarkOf(IReadOnlyDictionary<string, string>? metadata) =>
        Guid.TryParse(metadata?.GetValueOrDefault(StartPayment.MetadataKey), out var id) ? id : null;
}

/// <summary>The same as it is recorded here.</summary>
internal sealed record OurMoney(Guid PaymentId, string StripeId, MoneySum? Sum, string State);
