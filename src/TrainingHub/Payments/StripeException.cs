using System.Net;

namespace TrainingHub.Payments;

/// <summary>
/// Stripe refused, failed or did not answer. Carries Stripe's type, code and parameter, never its message, which may quote what
/// a person typed.
/// </summary>
internal sealed class StripeException : Exception
{
    private StripeException(string what, Exception? inner)
        : base(what, inner)
    {
    }

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; private init; }

    /// <summary><c>invalid_request_error</c>, <c>idempotency_error</c>, <c>api_error</c>, <c>card_error</c>; null when there was no answer.</summary>
    public string? Type { get; private init; }

    /// <summary>For example <c>resource_missing</c>, <c>charge_already_refunded</c>, <c>parameter_unknown</c>.</summary>
    public string? Code { get; private init; }

    public string? Param { get; private init; }

    /// <summary>Stripe's own id of the request, for its dashboard and support.</summary>
    public string? RequestId { get; private init; }

    /// <summary>
    /// True when what was asked may nevertheless have been done: repeat it with the same key and the same parameters, or fetch the
    /// object, before anything else. False when Stripe has said that it was not done.
    /// </summary>
    public bool OutcomeUnknown { get; private set; }

    /// <summary>The object does not exist in this account and mode.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound;

    /// <summary>
    /// An earlier try of the same call may have been carried out. Only an answer that Stripe gives after it has looked at the
    /// idempotency key (400, 402, 404) settles that.
    /// </summary>
    public void FollowsUnknownOutcome() =>
        OutcomeUnknown |= Status is not (HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound);

    public static StripeException NoAnswer(string call, Exception inner) =>
        new($"Stripe did not answer {call}.", inner) { OutcomeUnknown = true };

    public static StripeException Unreadable(string call, string? requestId, Exception? inner) =>
        new($"Stripe answered {call} with something that is not understood (request {requestId}).", inner) { RequestId = requestId, OutcomeUnknown = true };

    /// <summary>An id that Stripe cannot have given out; nothing is sent.</summary>
    public static StripeException NoSuchId(string call) =>
        new($"{call} was asked for an id that is not one of Stripe's.", null) { Status = HttpStatusCode.NotFound, Code = "resource_missing" };

    public static StripeException Refused(string call, HttpStatusCode status, StripeErrorBody? error, string? requestId) =>
        new($"Stripe answered {call} with {(int)status} {error?.Type} {error?.Code} {error?.Param} (request {requestId}).", null)
        {
            Status = status,
            Type = error?.Type,
            Code = error?.Code,
            Param = error?.Param,
            RequestId = requestId,
            OutcomeUnknown = (int)status is < 400 or >= 500 || error?.Code == "idempotency_key_in_use",
        };
}
