using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>
/// An error answer in Stripe's shape. <paramref name="kept"/> says whether an idempotency key remembers it: Stripe keeps
/// what came of executing a request and forgets what failed validation (docs.stripe.com/api/idempotent_requests, 2026-11).
/// </summary>
internal sealed class StripeRefusal(int status, string type, string? code, string message, string? param = null, bool kept = false)
    : Exception(message)
{
    public int Status => status;

    public bool Kept => kept;

    public static StripeRefusal Invalid(string? code, string message, string? param) =>
        new(400, "invalid_request_error", code, message, param);

    public static StripeRefusal NotAllowedNow(string? code, string message, string? param = null) =>
        new(400, "invalid_request_error", code, message, param, kept: true);

    public static StripeRefusal Missing(string kind, string id, string param) =>
        new(404, "invalid_request_error", "resource_missing", $"No such {kind}: '{id}'", param);

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["type"] = type, ["message"] = Message };
        if (code is not null)
        {
            error["code"] = code;
            error["doc_url"] = "https://stripe.com/docs/error-codes/" + code.Replace('_', '-');
        }
        if (param is not null)
        {
            error["param"] = param;
        }

        return new JsonObject { ["error"] = error };
    }
}
