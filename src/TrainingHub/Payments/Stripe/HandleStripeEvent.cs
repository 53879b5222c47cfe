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
/// Acts on one genuine event: what it is about is fetched, and its present state recorded. Throws <see cref="StripeGatewayException"/> when
/// Stripe cannot be asked; the event is then not handled and has to come again.
/// </summary>
internal sealed class HandleStripeEvent(TakeInStripeObject takeIn, IOptions<StripeOptions> options)
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

        return await takeIn.RunAsync(about, heard, ct) switch
        {
            TakeInResult.TakenIn => HandleEventResult.Handled,
            TakeInResult.NotOurs or TakeInResult.Lacking => HandleEventResult.NotOurs,
        };
    }
}
