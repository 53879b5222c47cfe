using Stripe.Checkout;

namespace TrainingHub.Payments;

internal enum StripeSessionStatus
{
    Open,
    Complete,
    Expired,
}

internal enum StripePaymentStatus
{
    Paid,

    /// <summary>With a complete session: a bank payment is under way, the money is not there yet.</summary>
    Unpaid,
    NoPaymentRequired,
}

/// <summary>A Checkout session as Stripe has it now. The amount is in pence; <c>Url</c> is null once it is closed.</summary>
internal sealed record StripeSession(
    string Id, StripeSessionStatus Status, StripePaymentStatus PaymentStatus, Uri? Url, int? AmountTotal, string? Currency, string? PaymentIntent,
    string? ClientReferenceId, bool Livemode, IReadOnlyDictionary<string, string>? Metadata)
{
    /// <summary>What came in, in the currency's smallest unit. Only of a session that is paid or needs no payment.</summary>
    public (int Amount, string Currency) Received =>
        AmountTotal is { } amount && Currency is { } currency ? (PaymentStatus == StripePaymentStatus.NoPaymentRequired ? 0 : amount, currency)
        : throw new InvalidOperationException($"Checkout {Id} has no amount.");

    /// <exception cref="FormatException">It says what this program does not know, or is paid without an amount.</exception>
    public static StripeSession Of(Session session) => session is { Status: "complete", PaymentStatus: not "unpaid", AmountTotal: null } or
    { Status: "complete", PaymentStatus: not "unpaid", Currency: null }
        ? throw new FormatException("A checkout is paid without an amount.")
        : Read(session);

    private static StripeSession Read(Session session) => new(
        session.Id,
        session.Status switch
        {
            "open" => StripeSessionStatus.Open,
            "complete" => StripeSessionStatus.Complete,
            "expired" => StripeSessionStatus.Expired,
            _ => throw UnknownStatus(session.Status),
        },
        session.PaymentStatus switch
        {
            "paid" => StripePaymentStatus.Paid,
            "unpaid" => StripePaymentStatus.Unpaid,
            "no_payment_required" => StripePaymentStatus.NoPaymentRequired,
            _ => throw UnknownStatus(session.PaymentStatus),
        },
        session.Url is null ? null : new Uri(session.Url),
        checked((int?)session.AmountTotal),
        session.Currency,
        session.PaymentIntentId,
        session.ClientReferenceId,
        session.Livemode,
        session.Metadata);

    internal static FormatException UnknownStatus(string? status) => new($"Stripe's status '{status}' is not known.");
}

internal enum StripeIntentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
}

/// <summary>Amounts in pence.</summary>
internal sealed record StripePaymentIntent(
    string Id, StripeIntentStatus Status, int Amount, int AmountReceived, string Currency, IReadOnlyDictionary<string, string>? Metadata)
{
    /// <exception cref="FormatException">It says what this program does not know.</exception>
    public static StripePaymentIntent Of(Stripe.PaymentIntent intent) => new(
        intent.Id,
        intent.Status switch
        {
            "requires_payment_method" => StripeIntentStatus.RequiresPaymentMethod,
            "requires_confirmation" => StripeIntentStatus.RequiresConfirmation,
            "requires_action" => StripeIntentStatus.RequiresAction,
            "processing" => StripeIntentStatus.Processing,
            "requires_capture" => StripeIntentStatus.RequiresCapture,
            "canceled" => StripeIntentStatus.Canceled,
            "succeeded" => StripeIntentStatus.Succeeded,
            _ => throw StripeSession.UnknownStatus(intent.Status),
        },
        checked((int)intent.Amount),
        checked((int)intent.AmountReceived),
        intent.Currency,
        intent.Metadata);
}

internal enum StripeRefundStatus
{
    Pending,
    RequiresAction,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>The amount is in pence.</summary>
internal sealed record StripeRefund(
    string Id, StripeRefundStatus? Status, int Amount, string Currency, string? PaymentIntent, IReadOnlyDictionary<string, string>? Metadata,
    string? FailureReason = null)
{
    /// <exception cref="FormatException">It says what this program does not know.</exception>
    public static StripeRefund Of(Stripe.Refund refund) => new(
        refund.Id,
        refund.Status switch
        {
            null => null,
            "pending" => StripeRefundStatus.Pending,
            "requires_action" => StripeRefundStatus.RequiresAction,
            "succeeded" => StripeRefundStatus.Succeeded,
            "failed" => StripeRefundStatus.Failed,
            "canceled" => StripeRefundStatus.Canceled,
            _ => throw StripeSession.UnknownStatus(refund.Status),
        },
        checked((int)refund.Amount),
        refund.Currency,
        refund.PaymentIntentId,
        refund.Metadata,
        refund.FailureReason);
}

/// <summary>
/// A payer's complaint at their bank. The amount is in pence; <c>TakesMoney</c> is false of an enquiry and of what was prevented;
/// <c>DueBy</c>: until when Stripe takes evidence.
/// </summary>
internal sealed record StripeDispute(
    string Id, DisputeState State, bool TakesMoney, int Amount, string Currency, string? Reason, string? PaymentIntent, DateTimeOffset? DueBy)
{
    /// <exception cref="FormatException">It says what this program does not know.</exception>
    public static StripeDispute Of(Stripe.Dispute dispute) => new(
        dispute.Id,
        dispute.Status switch
        {
            "needs_response" or "under_review" or "warning_needs_response" or "warning_under_review" => DisputeState.Open,
            "won" or "warning_closed" or "prevented" => DisputeState.Won,
            "lost" => DisputeState.Lost,
            _ => throw StripeSession.UnknownStatus(dispute.Status),
        },
        dispute.Status is "needs_response" or "under_review" or "won" or "lost",
        checked((int)dispute.Amount),
        dispute.Currency,
        dispute.Reason,
        dispute.PaymentIntentId,
        dispute.EvidenceDetails?.DueBy is { } due ? new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc)) : null);
}
