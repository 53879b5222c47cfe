using System.Net;
using Stripe;

namespace TrainingHub.Payments;

/// <summary>
/// Stripe refused, failed or did not answer. Carries Stripe's type, code and parameter, never its message, which may quote what
/// a person typed.
/// </summary>
internal sealed class StripeGatewayException : Exception
{
    private StripeGatewayException(string what, Exception? inner)
        : base(what, inner)
    {
    }

    /// <summary>Null when there was no answer, or none that is understood.</summary>
    public HttpStatusCode? Status { get; private init; }

    /// <summary><c>invalid_request_error</c>, <c>idempotency_error</c>, <c>api_error</c>, <c>card_error</c>; null when there was no answer.</summary>
    public string? Type { get; private init; }

    /// <summary>For example <c>resource_missing</c>, <c>charge_already_refunded</c>, <c>parameter_unknown</c>.</summary>
    public string? Code { get; private init; }

    public string? Param { get; private init; }

    /// <summary>
    /// True when what was asked may nevertheless have been done, at this try or an earlier one: repeat it with the same key and the
    /// same parameters, or fetch the object, before anything else. Only an answer that Stripe gives after it has looked at the
    /// idempotency key settles it.
    /// </summary>
    public bool OutcomeUnknown => Status is not (HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound);

    /// <summary>Stripe did not answer, or not now: the next question would very likely fare alike.</summary>
    public bool IsSilence => OutcomeUnknown && !IsUnreadable && !IsKeyRefused;

    /// <summary>There was an answer, and it says what this program does not know.</summary>
    public bool IsUnreadable { get; private init; }

    /// <summary>The secret key is wrong or may not do this: waiting does not help, somebody has to look at the settings.</summary>
    public bool IsKeyRefused => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>The object does not exist in this account and mode.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound;

    public static StripeGatewayException NoAnswer(string call, Exception inner) => new($"Stripe did not answer {call}.", inner);

    public static StripeGatewayException Unreadable(string call, Exception inner) =>
        new($"Stripe answered {call} with something that is not understood.", inner) { IsUnreadable = true };

    /// <summary>An id that Stripe cannot have given out; nothing is sent.</summary>
    public static StripeGatewayException NoSuchId() =>
        new("An id is not one of Stripe's.", null) { Status = HttpStatusCode.NotFound, Code = "resource_missing" };

    public static StripeGatewayException Refused(string call, StripeException refused)
    {
        var (error, request) = (refused.StripeError, refused.StripeResponse?.RequestId);
        var status = refused.HttpStatusCode is 0 or HttpStatusCode.OK ? (HttpStatusCode?)null : refused.HttpStatusCode;
        return new($"Stripe answered {call} with {(int?)status} {error?.Type} {error?.Code} {error?.Param} (request {request}).", null)
        {
            Status = status,
            Type = error?.Type,
            Code = error?.Code,
            Param = error?.Param,
        };
    }
}
