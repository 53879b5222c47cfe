using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

internal enum WebhookDelivery
{
    /// <summary>Each event goes out at once, again after a pause until it is answered with 2xx.</summary>
    Normal,

    /// <summary>Each event goes out twice at the same time.</summary>
    Twice,

    /// <summary>Events wait until a test sends them by <see cref="WebhookSender.SendAsync"/>, in any order, or never.</summary>
    Held,
}

/// <summary>What came of one try; null when there was no answer.</summary>
internal sealed record WebhookTry(string EventId, string EventType, HttpStatusCode? Answer);

/// <summary>
/// Signs events and delivers them. <c>pending_webhooks</c> of the event says whether it still has to arrive, so that a double
/// that starts again with its state file goes on where it stopped.
/// </summary>
internal sealed class WebhookSender(Books books, StripeDoubleOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(3);

    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> underWay = [];
    private readonly List<WebhookTry> tries = [];
    private (Uri Url, HttpClient Http)? target = options.WebhookUrl is { } url ? (url, NewClient(null)) : null;

    public WebhookDelivery Delivery { get; set; } = WebhookDelivery.Normal;

    /// <summary>Events leave this much later.</summary>
    public TimeSpan Late { get; set; }

    public IReadOnlyList<WebhookTry> Tries
    {
        get { lock (tries) return [.. tries]; }
    }

    /// <summary>Where events go from now on; a test server in memory is reached through its <paramref name="handler"/>.</summary>
    public void SendTo(Uri url, HttpMessageHandler? handler = null) => target = (url, NewClient(handler));

    /// <summary>The header for a body signed at that moment, for tests that forge or age one.</summary>
    public static string SignatureHeader(byte[] body, string secret, DateTimeOffset at)
    {
        var sent = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(sent + "."), .. body]);
        return $"t={sent},v1={Convert.ToHexStringLower(mac)}";
    }

    /// <summary>Starts the delivery of an event that has just happened, or that an earlier process left behind.</summary>
    public void Queue(JsonObject happened)
    {
        if (Delivery == WebhookDelivery.Held || target is null)
        {
            return;
        }

        var id = (string)happened["id"]!;
        var copies = Delivery == WebhookDelivery.Twice ? 2 : 1;
        lock (underWay)
        {
            underWay.RemoveAll(task => task.IsCompleted);
            for (var i = 0; i < copies; i++)
            {
                underWay.Add(Task.Run(() => DeliverAsync(id, Late, stop.Token)));
            }
        }
    }

    /// <summary>Queues every event of the last three days that has not arrived.</summary>
    public void QueueUndelivered()
    {
        lock (books.Gate)
        {
            var since = books.Now - (long)GivesUpAfter.TotalSeconds;
            foreach (var left in books.NewestFirst("event").Where(one => (int)one["pending_webhooks"]! > 0 && (long)one["created"]! > since).Reverse())
            {
                Queue(left);
            }
        }
    }

    /// <summary>Sends that event once, now, whatever <see cref="Delivery"/> says; null when there was no answer.</summary>
    public async Task<HttpStatusCode?> SendAsync(string eventId, CancellationToken ct)
    {
        var (url, http) = target ?? throw new InvalidOperationException("No webhook address is set.");
        byte[] body;
        string type;
        lock (books.Gate)
        {
            var happened = books.Get("event", eventId, "id");
            type = (string)happened["type"]!;
            body = Encoding.UTF8.GetBytes(happened.ToJsonString());
        }
        var answer = await PostAsync(http, url, body, ct);
        lock (tries)
            tries.Add(new WebhookTry(eventId, type, answer));
        if ((int?)answer is >= 200 and < 300)
        {
            MarkArrived(eventId);
        }

        return answer;
    }

    /// <summary>Waits until every delivery that was started has ended.</summary>
    public async Task QuietAsync(CancellationToken ct)
    {
        while (true)
        {
            Task[] left;
            lock (underWay)
                left = [.. underWay.Where(task => !task.IsCompleted)];
            if (left.Length == 0)
            {
                return;
            }

            await Task.WhenAll(left).WaitAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await QuietAsync(CancellationToken.None);
        stop.Dispose();
        target?.Http.Dispose();
    }

    private async Task DeliverAsync(string eventId, TimeSpan late, CancellationToken ct)
    {
        try
        {
            await Task.Delay(late, options.Clock, ct);
            var giveUp = options.Clock.GetUtcNow() + GivesUpAfter;
            for (var tries = 0; options.Clock.GetUtcNow() < giveUp; tries++)
            {
                if ((int?)await SendAsync(eventId, ct) is >= 200 and < 300)
                {
                    return;
                }

                await Task.Delay(options.WebhookRetryPauses[Math.Min(tries, options.WebhookRetryPauses.Count - 1)], options.Clock, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<HttpStatusCode?> PostAsync(HttpClient http, Uri url, byte[] body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Stripe-Signature", SignatureHeader(body, options.WebhookSecret, options.Clock.GetUtcNow()));
        request.Headers.UserAgent.ParseAdd("Stripe/1.0");
        try
        {
            using var response = await http.SendAsync(request, ct);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private void MarkArrived(string eventId)
    {
        lock (books.Gate)
        {
            books.Get("event", eventId, "id")["pending_webhooks"] = 0;
            books.Save();
        }
    }

    private static HttpClient NewClient(HttpMessageHandler? handler) =>
        new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: handler is null) { Timeout = TimeSpan.FromSeconds(20) };
}
