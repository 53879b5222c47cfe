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
/// <see cref="StripeGatewayException"/> when Stripe cannot be asked; the event is then not handled and has to come again. An account
/// may serve other systems too: what is theirs costs one question at most.
/// </summary>
internal sealed class HandleStripeEvent(
    TrainingHubDb db, StripeGateway stripe, Checkouts checkouts, RecordPayment payment, RecordRefund refund, RecordDispute dispute,
    IOptions<StripeOptions> options)
{
    /// <summary>The kinds of event that are acted on: what the webhook has to be set up for.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
        "refund.created", "refund.updated", "refund.failed",
        "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
    ];

    public async Task<HandleEventResult> RunAsync(StripeEventBody heard, CancellationToken ct)
    {
        if (heard.About is not { } about)
        {
            return HandleEventResult.NotOurs;
        }

        if (heard.Livemode != options.Value.IsLive)
        {
            return HandleEventResult.WrongMode;
        }

        var isOurs = about.Kind switch
        {
            "checkout.session" => await HandleCheckoutAsync(heard, about.Id, ct),
            "refund" => await IsOurPaymentAsync(about, ct) && await refund.RunAsync(await stripe.GetRefundAsync(about.Id, ct), heard, ct),
            "dispute" => await IsOurPaymentAsync(about, ct) && await dispute.RunAsync(await stripe.GetDisputeAsync(about.Id, ct), heard, ct),
            _ => false,
        };
        return isOurs ? HandleEventResult.Handled : HandleEventResult.NotOurs;
    }

    private async Task<bool> HandleCheckoutAsync(StripeEventBody heard, string id, CancellationToken ct)
    {
        var isKnown = await db.Payments.AnyAsync(one => one.CheckoutSessionId == id, ct);
        return isKnown && await payment.RunAsync(await checkouts.SeeAsync(id, ct), heard, ct) != RecordResult.Unknown;
    }

    // Events come in any order: a refund may be told of before the payment that it gives back, which is then recorded first.
    private async Task<bool> IsOurPaymentAsync(StripeEventObject about, CancellationToken ct)
    {
        if (about.PaymentIntent is not { } intent)
        {
            return false;
        }

        if (await db.Payments.AnyAsync(one => one.PaymentIntentId == intent, ct))
        {
            return true;
        }

        var metadata = (await stripe.GetPaymentIntentAsync(intent, ct)).Metadata;
        if (metadata?.GetValueOrDefault(StartPayment.MetadataKey) is not { } text || !Guid.TryParse(text, out var id))
        {
            return false;
        }

        var session = await db.Payments.Where(one => one.Id == id).Select(one => one.CheckoutSessionId).SingleOrDefaultAsync(ct);
        return session is not null && await payment.RunAsync(await checkouts.SeeAsync(session, ct), heard: null, ct) == RecordResult.Paid;
    }
}
