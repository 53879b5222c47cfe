using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace TrainingHub.Payments;

internal enum HandleEventResult
{
    Handled,

    /// <summary>Of a kind, or about something, that is not this site's business.</summary>
    NotOurs,

    /// <summary>Test mode where real money moves, or the other way round.</summary>
    WrongMode,
}

/// <summary>
/// Acts on one genuine event: fetches the object that it is about and records its present state. Throws
/// <see cref="StripeGatewayException"/> when Stripe cannot be asked; the event is then not handled and has to come again.
/// </summary>
internal sealed class HandleStripeEvent(
    TrainingHubDb db, StripeGateway stripe, Checkouts checkouts, RecordPayment payment, RecordRefund refund, IOptions<StripeOptions> options)
{
    public async Task<HandleEventResult> RunAsync(StripeEventBody heard, CancellationToken ct)
    {
        if (heard.Livemode != options.Value.IsLive)
        {
            return HandleEventResult.WrongMode;
        }

        var isOurs = heard.Data.Object.Object switch
        {
            "checkout.session" => await HandleCheckoutAsync(heard, ct),
            "refund" => await HandleRefundAsync(heard, ct),
            _ => false,
        };
        return isOurs ? HandleEventResult.Handled : HandleEventResult.NotOurs;
    }

    private async Task<bool> HandleCheckoutAsync(StripeEventBody heard, CancellationToken ct)
    {
        var id = heard.Data.Object.Id;
        var isKnown = await db.Payments.AnyAsync(one => one.CheckoutSessionId == id, ct);
        return isKnown && await payment.RunAsync(await checkouts.SeeAsync(id, ct), heard, ct) != RecordResult.Unknown;
    }

    private async Task<bool> HandleRefundAsync(StripeEventBody heard, CancellationToken ct)
    {
        if (heard.Data.Object.PaymentIntent is not { } intentId || await stripe.GetPaymentIntentAsync(intentId, ct) is not { } intent)
        {
            return false;
        }

        var seen = await stripe.GetRefundAsync(heard.Data.Object.Id, ct);
        return await refund.RunAsync(seen, heard, ct)
            || (await RecordPaymentFirstAsync(intent, ct) && await refund.RunAsync(seen, heard, ct));
    }

    // Events come in any order: a refund may be told of before the payment that it gives back.
    private async Task<bool> RecordPaymentFirstAsync(StripePaymentIntent intent, CancellationToken ct)
    {
        if (intent.Metadata?.GetValueOrDefault(StartPayment.MetadataKey) is not { } text || !Guid.TryParse(text, out var id))
        {
            return false;
        }

        var session = await db.Payments.Where(one => one.Id == id).Select(one => one.CheckoutSessionId).SingleOrDefaultAsync(ct);
        return session is not null && await payment.RunAsync(await checkouts.SeeAsync(session, ct), heard: null, ct) == RecordResult.Paid;
    }
}
