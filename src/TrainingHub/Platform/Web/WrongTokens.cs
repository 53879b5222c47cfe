using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>
/// On a page that a private link opens: counts the requests with a token that opens nothing, for each network address. Beyond the limit
/// they are 429 in place of 404. A link that works always opens, also when the gateway of a council opens hundreds within seconds, or
/// somebody behind it guesses.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WrongTokensAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context)
    {
        var http = context.HttpContext;
        if (http.Response.StatusCode != StatusCodes.Status404NotFound)
        {
            return;
        }

        using var counted = http.RequestServices.GetRequiredService<WrongTokenCount>().Count(RateLimits.BucketOf(http.Connection.RemoteIpAddress));
        if (!counted.IsAcquired)
        {
            RateLimits.SayWhenToRetry(http.Response, counted);
            context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }
    }
}

/// <summary>How many wrong tokens came from each network address within a minute, on this node.</summary>
internal sealed class WrongTokenCount(IOptions<RateLimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address => options.Value.Enabled
        ? RateLimitPartition.GetSlidingWindowLimiter(address, _ => RateLimits.AMinute(options.Value.WrongTokensPerMinute))
        : RateLimitPartition.GetNoLimiter(address));

    public RateLimitLease Count(string address) => limiter.AttemptAcquire(address);

    public void Dispose() => limiter.Dispose();
}
