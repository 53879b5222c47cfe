using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Public pages that look alike to everybody are stored, compressed, for 30 seconds, and thrown away at once when places
/// change. Use: <c>[OutputCache(PolicyName = PublicPages.Policy)]</c> on a page model. Never on a page with a form that
/// is posted: such an answer says no-store, and is not stored here either.
/// </summary>
internal sealed class PublicPages(IResponseCompressionProvider compression, IHostEnvironment environment, IOptions<PublicQuery> query)
    : IOutputCachePolicy
{
    public const string Policy = "public";
    public const string Tag = "courses";

    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly string[] storedKeys = query.Value.Stored;
    private readonly string[] freeKeys = query.Value.Free;

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var isAnybody = !request.Cookies.ContainsKey(SiteCookies.Name("session", environment));
        var isStored = isReading && isAnybody && !Array.Exists(freeKeys, request.Query.ContainsKey);
        context.EnableOutputCaching = isStored;
        context.AllowCacheLookup = isStored;
        context.AllowCacheStorage = isStored;
        if (!isStored)
        {
            return ValueTask.CompletedTask;
        }

        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Life;
        context.Tags.Add(Tag);
        context.CacheVaryByRules.QueryKeys = storedKeys;
        context.CacheVaryByRules.VaryByHost = false;
        // What the client asks for in many spellings comes down to br, gzip or nothing.
        context.CacheVaryByRules.VaryByValues["encoding"] =
            compression.GetCompressionProvider(context.HttpContext)?.EncodingName ?? "identity";
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var isPrivate = response.Headers.ContainsKey(HeaderNames.SetCookie)
            || response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase);
        if (isPrivate || response.StatusCode != StatusCodes.Status200OK)
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }
}
