using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace TrainingHub.Payments;

/// <summary>
/// Requests to Stripe: pinned version, key, one idempotency key over all tries. Tries again after no answer, 409, 429 and 5xx,
/// unless <c>Stripe-Should-Retry</c> says otherwise, as Stripe's own libraries do (docs.stripe.com/error-low-level, 2026-11).
/// </summary>
internal sealed partial class StripeConnection(HttpClient http, IOptions<StripeOptions> options, ILogger<StripeConnection> logger)
{
    /// <summary>The version that the schema and the contract test are for; change all three together.</summary>
    public const string ApiVersion = "2026-10-28.endive";

    private const int MaxTries = 3;
    private const int MaxAnswerBytes = 1_000_000;

    private readonly StripeOptions _options = options.Value;

    /// <summary>What one try came to: the answer's body, or why not and how long to wait before the next (null: do not).</summary>
    private sealed record Try(byte[]? Body, string? RequestId, StripeException? Failure = null, TimeSpan? Pause = null);

    private sealed record Call(HttpMethod Method, string Path, byte[]? Form, string? Key, string Name);

    /// <summary>The redirects that an unsafe handler would follow carry a key elsewhere; this one follows none.</summary>
    public static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public Task<T> GetAsync<T>(string path, string id, string rest, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var name = "GET " + path.Split('?')[0] + rest;
        CheckId(path, id, name);
        return SendAsync(new Call(HttpMethod.Get, path + id + rest, null, null, name), type, ct);
    }

    public Task<T> PostAsync<T>(string path, string id, string rest, string idempotencyKey, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        CheckId(path, id, "POST " + path + rest);
        return PostAsync(path + id + rest, [], idempotencyKey, type, ct, "POST " + path + rest);
    }

    public async Task<T> PostAsync<T>(
        string path, IEnumerable<KeyValuePair<string, string>> form, string idempotencyKey, JsonTypeInfo<T> type, CancellationToken ct, string? name = null)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idempotencyKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(idempotencyKey.Length, 255);
        using var content = new FormUrlEncodedContent(form);
        var bytes = await content.ReadAsByteArrayAsync(ct);
        return await SendAsync(new Call(HttpMethod.Post, path, bytes, idempotencyKey, name ?? "POST " + path), type, ct);
    }

    private async Task<T> SendAsync<T>(Call call, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        if (!_options.CardsOffered)
            throw new InvalidOperationException("Cards are switched off: Stripe:SecretKey is not set.");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(_options.CallTimeout);
        var unknownBefore = false;
        for (var tries = 1; ; tries++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await TryAsync(call, tries, deadline.Token, ct);
            if (result.Failure is not { } failure)
            {
                var milliseconds = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                LogAnswered(call.Name, result.RequestId, milliseconds);
                return Read(call, result, type);
            }
            if (unknownBefore)
                failure.FollowsUnknownOutcome();
            if (tries == MaxTries || result.Pause is not { } pause)
                throw failure;
            unknownBefore = failure.OutcomeUnknown;
            LogRetry(call.Name, (int?)failure.Status, failure.Code, failure.RequestId, tries);
            if (!await WaitedAsync(pause, deadline.Token, ct))
                throw failure;
        }
    }

    private async Task<Try> TryAsync(Call call, int tries, CancellationToken deadline, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        patience.CancelAfter(_options.TryTimeout);
        try
        {
            using var request = Request(call);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, patience.Token);
            var body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            var requestId = First(response.Headers, "Request-Id");
            if (response.IsSuccessStatusCode)
                return new Try(body, requestId);
            return new Try(null, requestId, StripeException.Refused(call.Name, response.StatusCode, Error(body), requestId), PauseAfter(response, tries));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new Try(null, null, StripeException.NoAnswer(call.Name, e), Jittered(tries, 1));
        }
    }

    private HttpRequestMessage Request(Call call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_options.ApiBase, "v1/" + call.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.SecretKey);
        request.Headers.Add("Stripe-Version", ApiVersion);
        request.Headers.UserAgent.ParseAdd("TrainingHub/1.0");
        if (call.Key is not null)
            request.Headers.Add("Idempotency-Key", call.Key);
        if (call.Form is null)
            return request;
        request.Content = new ByteArrayContent(call.Form);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return request;
    }

    private TimeSpan? PauseAfter(HttpResponseMessage response, int tries)
    {
        var tooMany = response.StatusCode == HttpStatusCode.TooManyRequests;
        var usual = tooMany || response.StatusCode == HttpStatusCode.Conflict || (int)response.StatusCode >= 500;
        var again = First(response.Headers, "Stripe-Should-Retry") switch
        {
            "true" => true,
            "false" => false,
            _ => usual,
        };
        if (!again)
            return null;
        return tooMany ? response.Headers.RetryAfter?.Delta ?? Jittered(tries, 4) : Jittered(tries, 1);
    }

    private TimeSpan Jittered(int tries, int times) =>
        _options.RetryPause * times * Math.Pow(2, tries - 1) * (0.5 + Random.Shared.NextDouble() / 2);

    private static async Task<bool> WaitedAsync(TimeSpan pause, CancellationToken deadline, CancellationToken ct)
    {
        try
        {
            await Task.Delay(pause, deadline);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private static T Read<T>(Call call, Try answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw StripeException.Unreadable(call.Name, answer.RequestId, null);
        }
        catch (JsonException e)
        {
            throw StripeException.Unreadable(call.Name, answer.RequestId, e);
        }
    }

    private static StripeErrorBody? Error(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, StripeJson.Default.StripeErrorAnswer)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void CheckId(string path, string id, string name)
    {
        var takesId = path.EndsWith('/');
        if (takesId && (id.Length is 0 or > 255 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
            throw StripeException.NoSuchId(name);
    }

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Stripe answered {Call} (request {RequestId}) in {Milliseconds} ms")]
    private partial void LogAnswered(string call, string? requestId, int milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe failed {Call} with {Status} {Code} (request {RequestId}) at try {Tries}; it is tried again")]
    private partial void LogRetry(string call, int? status, string? code, string? requestId, int tries);
}
