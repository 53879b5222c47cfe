using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>Section <c>RateLimits</c>: requests a minute from one network address, by what they try to do.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>When false, nothing at all is limited that one visitor can do too often: for measuring.</summary>
    public bool Enabled { get; init; } = true;
    public int FormsPerMinute { get; init; } = 1200;
    public int SignInsPerMinute { get; init; } = 20;
    public int WrongTokensPerMinute { get; init; } = 120;
    public int PaymentLooksPerMinute { get; init; } = 600;
}

/// <summary>
/// Names for <c>[EnableRateLimiting(RateLimits.Forms)]</c> on a page model or endpoint. Forms and sign-ins count POSTs only. A whole
/// council may share one network address, so these only keep a script from taking the processors: what one visitor may do too often is
/// counted by what is done (<see cref="Tries"/>), not by where it comes from.
/// </summary>
internal static class RateLimits
{
    public const string Forms = "forms";
    public const string SignIn = "sign-in";

    /// <summary>Each request may ask Stripe something.</summary>
    public const string PaymentLooks = "payment-looks";

    /// <summary>Sign-ins that a link begins and the provider of work accounts ends: every request counts.</summary>
    public const string WorkAccounts = "work-accounts";

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<WrongTokenCount>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = SayWhenToRetry;
            limiter.AddPolicy(Forms, request => PostsFrom(request, options => options.FormsPerMinute));
            limiter.AddPolicy(SignIn, request => PostsFrom(request, options => options.SignInsPerMinute));
            limiter.AddPolicy(WorkAccounts, request => RequestsFrom(request, options => 4 * options.SignInsPerMinute));
            limiter.AddPolicy(PaymentLooks, request => RequestsFrom(request, options => options.PaymentLooksPerMinute));
        });
    }

    /// <summary>The client's address as a bucket; an IPv6 client owns its whole /64.</summary>
    public static string BucketOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    public static SlidingWindowRateLimiterOptions AMinute(int permits) => new()
    {
        PermitLimit = permits,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 6,
        QueueLimit = 0,
    };

    public static void SayWhenToRetry(HttpResponse response, RateLimitLease refused)
    {
        var wait = refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    private static RateLimitPartition<string> PostsFrom(HttpContext request, Func<RateLimitOptions, int> perMinute) =>
        HttpMethods.IsPost(request.Request.Method)
            ? RequestsFrom(request, perMinute)
            : RateLimitPartition.GetNoLimiter("reading");

    private static RateLimitPartition<string> RequestsFrom(HttpContext request, Func<RateLimitOptions, int> perMinute)
    {
        var options = request.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        return options.Enabled
            ? RateLimitPartition.GetSlidingWindowLimiter(BucketOf(request.Connection.RemoteIpAddress), _ => AMinute(perMinute(options)))
            : RateLimitPartition.GetNoLimiter("off");
    }

    private static ValueTask SayWhenToRetry(Microsoft.AspNetCore.RateLimiting.OnRejectedContext rejected, CancellationToken ct)
    {
        SayWhenToRetry(rejected.HttpContext.Response, rejected.Lease);
        return ValueTask.CompletedTask;
    }
}
