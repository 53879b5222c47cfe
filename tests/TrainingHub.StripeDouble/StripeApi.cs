using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace TrainingHub.StripeDouble;

/// <summary>Everything under /v1: who may ask, what the schema allows, idempotency keys, faults that a test ordered.</summary>
internal sealed class StripeApi(Books books, Checkout checkout, Refunds refunds, Idempotency idempotency, Faults faults, StripeDoubleOptions options)
{
    private sealed record Answer(int Status, string Body, bool Replayed = false);

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers["Request-Id"] = Books.NewId("req_");
        http.Response.Headers["Stripe-Version"] = StripeDoubleOptions.ApiVersion;
        var fault = faults.Take(http.Request.Method, isLaterPage: http.Request.Query.ContainsKey("starting_after"));
        if (fault == Fault.DropBefore)
        {
            http.Abort();
            return;
        }
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        string? begun = null;
        try
        {
            CheckCaller(http.Request);
            var answer = OrderedError(http, fault, body) ?? Replay(http.Request, body, out begun) ?? Execute(http.Request, body, begun);
            if (fault == Fault.DropAfter)
            {
                if (begun is not null)
                {
                    idempotency.End(begun);
                }

                http.Abort();
                return;
            }
            if (fault == Fault.Slow)
            {
                await Task.Delay(faults.SlowFor, options.Clock, CancellationToken.None);
            }

            await WriteAsync(http, answer);
        }
        catch (StripeRefusal refusal)
        {
            await WriteAsync(http, new Answer(refusal.Status, refusal.ToJson().ToJsonString()));
        }
        finally
        {
            if (begun is not null)
            {
                idempotency.End(begun);
            }
        }
    }

    /// <summary>True for the double's own key, compared in constant time.</summary>
    public bool IsCaller(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes("Bearer " + options.SecretKey));

    private void CheckCaller(HttpRequest request)
    {
        if (request.Headers.Authorization.Count == 0)
        {
            throw new StripeRefusal(401, "invalid_request_error", null, "You did not provide an API key.");
        }

        if (!IsCaller(request))
        {
            throw new StripeRefusal(401, "invalid_request_error", "api_key_invalid", "Invalid API Key provided: sk_test_****");
        }

        if (request.Headers["Stripe-Version"] != StripeDoubleOptions.ApiVersion)
        {
            throw StripeRefusal.Invalid(null, $"Invalid Stripe API version: '{request.Headers["Stripe-Version"]}'; this double speaks {StripeDoubleOptions.ApiVersion}.", null);
        }
    }

    private Answer? OrderedError(HttpContext http, Fault? fault, string body)
    {
        if (fault == Fault.Conflict)
        {
            throw new StripeRefusal(409, "invalid_request_error", "lock_timeout", "This object cannot be accessed right now because another API request is currently accessing it.");
        }

        if (fault == Fault.TooMany)
        {
            throw new StripeRefusal(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded.");
        }

        if (fault is not (Fault.ServerError or Fault.LastingServerError))
        {
            return null;
        }

        var refusal = new StripeRefusal(500, "api_error", null, "An unknown error occurred.").ToJson().ToJsonString();
        if (fault == Fault.LastingServerError && KeyOf(http.Request) is { } key)
        {
            http.Response.Headers["Stripe-Should-Retry"] = "false";
            lock (books.Gate)
                idempotency.Keep(key, new KeptAnswer(Idempotency.Fingerprint(http.Request.Path, body), 500, refusal, books.Now));
        }
        return new Answer(500, refusal);
    }

    private Answer? Replay(HttpRequest request, string body, out string? begun)
    {
        begun = null;
        if (KeyOf(request) is not { } key)
        {
            return null;
        }

        if (idempotency.Begin(key, Idempotency.Fingerprint(request.Path, body)) is { } kept)
        {
            return new Answer(kept.Status, kept.Body, Replayed: true);
        }

        begun = key;
        return null;
    }

    private Answer Execute(HttpRequest request, string body, string? key)
    {
        var pairs = HttpMethods.IsPost(request.Method) ? QueryHelpers.ParseQuery(body) : QueryHelpers.ParseQuery(request.QueryString.Value);
        var fields = StripeForm.Parse(pairs.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))));
        lock (books.Gate)
        {
            checkout.CatchUp();
            try
            {
                var answer = Run(request, fields);
                if (key is not null)
                {
                    idempotency.Keep(key, new KeptAnswer(Idempotency.Fingerprint(request.Path, body), answer.Status, answer.Body, books.Now));
                }

                return answer;
            }
            finally
            {
                books.Save();
            }
        }
    }

    private Answer Run(HttpRequest request, JsonObject fields)
    {
        try
        {
            return new Answer(200, Route(request, fields).ToJsonString());
        }
        catch (StripeRefusal refusal) when (refusal.Kept)
        {
            return new Answer(refusal.Status, refusal.ToJson().ToJsonString());
        }
    }

    private JsonObject Route(HttpRequest request, JsonObject fields)
    {
        var method = request.Method.ToLowerInvariant();
        var parts = request.Path.Value!.Trim('/').Split('/')[1..];
        JsonObject Read(string template) => books.Schema.Read(method, template, fields);
        return (method, parts) switch
        {
            ("post", ["checkout", "sessions"]) => checkout.Create(Read("/v1/checkout/sessions")),
            ("get", ["checkout", "sessions"]) => StripeLists.Sessions(books, Read("/v1/checkout/sessions")),
            ("get", ["checkout", "sessions", var id]) => One("checkout.session", id, "session", Read("/v1/checkout/sessions/{session}")),
            ("post", ["checkout", "sessions", var id, "expire"]) => ExpireEmpty(id, fields),
            ("get", ["checkout", "sessions", var id, "line_items"]) => StripeLists.LineItems(books, id, Read("/v1/checkout/sessions/{session}/line_items")),
            ("post", ["refunds"]) => refunds.Create(Read("/v1/refunds")),
            ("get", ["refunds"]) => StripeLists.Refunds(books, Read("/v1/refunds")),
            ("get", ["refunds", var id]) => One("refund", id, "refund", Read("/v1/refunds/{refund}")),
            ("get", ["disputes"]) => StripeLists.Disputes(books, Read("/v1/disputes")),
            ("get", ["disputes", var id]) => One("dispute", id, "dispute", Read("/v1/disputes/{dispute}")),
            ("get", ["payment_intents", var id]) => One("payment_intent", id, "intent", Read("/v1/payment_intents/{intent}")),
            ("get", ["events"]) => StripeLists.Events(books, Read("/v1/events")),
            ("get", ["events", var id]) => One("event", id, "id", Read("/v1/events/{id}")),
            _ => throw new StripeRefusal(404, "invalid_request_error", null, $"Unrecognized request URL ({request.Method}: {request.Path})."),
        };
    }

    private JsonObject ExpireEmpty(string id, JsonObject fields)
    {
        if (fields.FirstOrDefault().Key is { } unknown)
        {
            throw StripeRefusal.Invalid("parameter_unknown", $"Received unknown parameter: {unknown}", unknown);
        }

        return checkout.Expire(books.Get("checkout.session", id, "session"));
    }

    private JsonObject One(string kind, string id, string param, JsonObject fields)
    {
        if (fields["expand"] is not null)
        {
            throw StripeRefusal.Invalid(null, "This property cannot be expanded.", "expand");
        }

        return books.Get(kind, id, param);
    }

    private static string? KeyOf(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;

    private static Task WriteAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        if (answer.Replayed)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        return http.Response.WriteAsync(answer.Body);
    }
}
