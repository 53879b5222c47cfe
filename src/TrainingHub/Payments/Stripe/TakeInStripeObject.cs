using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

internal enum TakeInResult
{
    /// <summary>Recorded, now or before.</summary>
    TakenIn,

    /// <summary>About something that is not this site's business.</summary>
    NotOurs,

    /// <summary>Stripe has it as a payment of ours, or of one, that is not recorded here as paid.</summary>
    Lacking,
}

/// <summary>
/// Fetches one object of Stripe's and records its present state, whoever told of it. Throws <see cref="StripeGatewayException"/> when
/// Stripe cannot be asked. An account may serve other systems too: what is theirs costs one question at most.
/// </summary>
internal sealed class TakeInStripeObject(
    TrainingHubDb db, StripeGateway stripe, Checkouts checkouts, RecordPayment payment, RecordRefund refund, RecordDispute dispute)
{
    /// <param name="about"></param>
    /// <param name="heard">The event that told of it; null when Stripe was asked without one.</param>
    /// <param name="ct"></param>
    public async Task<TakeInResult> RunAsync(StripeEventObject about, StripeEventBody? heard, CancellationToken ct)
    {
        if (about.Kind == "checkout.session")
        {
            return await CheckoutAsync(about.Id, heard, ct) ? TakeInResult.TakenIn : TakeInResult.NotOurs;
        }

        if (about.Kind is not ("refund" or "dispute"))
        {
            return TakeInResult.NotOurs;
        }

        var ours = await PaymentAsync(about, ct);
        if (ours != TakeInResult.TakenIn)
        {
            return ours;
        }

        var isRecorded = about.Kind == "refund"
            ? await refund.RunAsync(await stripe.GetRefundAsync(about.Id, ct), heard, ct)
            : await dispute.RunAsync(await stripe.GetDisputeAsync(about.Id, ct), heard, ct);
        return isRecorded ? TakeInResult.TakenIn : TakeInResult.NotOurs;
    }

    private async Task<bool> CheckoutAsync(string id, StripeEventBody? heard, CancellationToken ct)
    {
        var isKnown = await db.Payments.AnyAsync(one => one.CheckoutSessionId == id, ct);
        return isKnown && await payment.RunAsync(await checkouts.SeeAsync(id, ct), heard, ct) != RecordResult.Unknown;
    }

    // Events come in any order: a refund may be told of before the payment that it gives back, which is then recorded first.
    private async Task<TakeInResult> PaymentAsync(StripeEventObject about, CancellationToken ct)
    {
        if (about.PaymentIntent is not { } intent)
        {
            return TakeInResult.NotOurs;
        }

        if (await db.Payments.AnyAsync(one => one.PaymentIntentId == intent, ct))
        {
            return TakeInResult.TakenIn;
        }

        if (TheirMoney.MarkOf((await stripe.GetPaymentIntentAsync(intent, ct)).Metadata) is not { } id)
        {
            return TakeInResult.NotOurs;
        }

        var session = await db.Payments.Where(one => one.Id == id).Select(one => one.CheckoutSessionId).SingleOrDefaultAsync(ct);
        return session is not null && await payment.RunAsync(await checkouts.SeeAsync(session, ct), heard: null, ct) == RecordResult.Paid
            ? TakeInResult.TakenIn
            : TakeInResult.Lacking;
    }
}
