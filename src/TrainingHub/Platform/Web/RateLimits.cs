using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>Section <c>RateLimits</c>: requests a minute from one address, by what they try to do.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public bool Enabled { get; init; } = true;
    public int FormsPerMinute { get; init; } = 120;
    public int SignInsPerMinute { get; init; } = 20;
    public int TokensPerMinute { get; init; } = 120;
}

/// <summary>
/// Names for <c>[EnableRateLimiting(RateLimits.Forms)]</c> on a page model or endpoint. Forms and sign-ins count POSTs
/// only; tokens count every request, because there a GET is a guess. A whole council may share one address, so the
/// limits are generous: they slow a script down, they do not part one person from the next.
/// </summary>
internal static class RateLimits
{
    public const string Forms = "forms";
    public const string SignIn = "sign-in";
    public const string Tokens = "tokens";

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = SayWhenToRetry;
            limiter.AddPolicy(Forms, request => PostsFrom(request, options => options.FormsPerMinute));
            limiter.AddPolicy(SignIn, request => PostsFrom(request, options => options.SignInsPerMinute));
            limiter.AddPolicy(Tokens, request => RequestsFrom(request, options => options.TokensPerMinute));
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

    private static RateLimitPartition<string> PostsFrom(HttpContext request, Func<RateLimitOptions, int> perMinute) =>
        HttpMethods.IsPost(request.Request.Method)
            ? RequestsFrom(request, perMinute)
            : RateLimitPartition.GetNoLimiter("reading");

    private static RateLimitPartition<string> RequestsFrom(HttpContext request, Func<RateLimitOptions, int> perMinute)
    {
        var options = request.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        if (!options.Enabled)
        {
            return RateLimitPartition.GetNoLimiter("off");
        }

        return RateLimitPartition.GetSlidingWindowLimiter(
            BucketOf(request.Connection.RemoteIpAddress),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute(options),
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            });
    }

    private static ValueTask SayWhenToRetry(Microsoft.AspNetCore.RateLimiting.OnRejectedContext rejected, CancellationToken ct)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
