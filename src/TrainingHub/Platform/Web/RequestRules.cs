using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>What is refused before any page sees it: methods that no page has, and bodies that are too large.</summary>
internal static class RequestRules
{
    /// <summary>Largest body in bytes. A programme file of 10,000 rows has about 2 million.</summary>
    public const long LargestBody = 8 * 1024 * 1024;

    /// <summary>The same of a page with <see cref="TakesFilesAttribute"/>: three files of 5 MB, each up to a byte too large to be told so.</summary>
    public const long LargestFiles = 20 * 1024 * 1024;

    private static long MostOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is null ? LargestBody : LargestFiles;

    /// <summary>
    /// A form that cannot be read is a 400, before anything else looks into it: one in a character set that is not known or safe, one
    /// with a NUL, also in the name of a file, or with too many fields. Further in it would be a 500. A page with
    /// <see cref="TakesAnyBodyAttribute"/> gets none instead.
    /// </summary>
    public static void UseReadableForms(this WebApplication app) => app.Use(async (context, next) =>
    {
        var most = MostOf(context);
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is null && context.Request.ContentLength > most)
        {
            // The page that explains it comes through here again, and would look into the form too.
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (most > LargestBody && HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = most;
            }

            context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions { MultipartBodyLengthLimit = most, ValueCountLimit = 64 }));
        }

        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType && !await IsReadableAsync(context))
        {
            // The page that explains it comes through here again, and would look into the form too.
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            if (context.GetEndpoint()?.Metadata.GetMetadata<TakesAnyBodyAttribute>() is not null)
            {
                context.Request.ContentType = null;
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(context);
    });

    /// <summary>Marks a request that came over plain http or for another host than the site's.</summary>
    public const string Elsewhere = "elsewhere";

    // No redirect: behind a proxy that is not known every request looks like plain http, and would come back for ever. Probes ask by
    // whatever address they have.
    private static bool IsElsewhere(HttpRequest request, Uri site) =>
        !request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && (!request.IsHttps || !string.Equals(request.Host.Host, site.IdnHost, StringComparison.OrdinalIgnoreCase));

    private static async Task<bool> IsReadableAsync(HttpContext context)
    {
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form.Files.All(file => !file.FileName.Contains('\0', StringComparison.Ordinal) && !file.Name.Contains('\0', StringComparison.Ordinal));
        }
        // The charset is unknown or unsafe, or the form does not keep to its own rules.
        catch (Exception unreadable) when (unreadable is NotSupportedException or ArgumentException or InvalidDataException or FormatException
            || (unreadable is IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>
    /// Outside a demonstration only the site's own host passes, and only over https: no cookie of ours works otherwise. A Razor page
    /// answers any method, TRACE too, with 200; here only GET, HEAD and POST pass. A body that is
    /// announced as too large is a 413 with a page of its own: further in it would be a bare 400.
    /// </summary>
    public static void UseRequestRules(this WebApplication app)
    {
        var site = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl;
        var isLocal = SiteCookies.RunsOnPlainHttp(app.Environment);
        app.Use((context, next) =>
        {
            var method = context.Request.Method;
            // The page that explains a refusal comes through here again, with the method and length that were refused.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                return next(context);
            }

            if (!isLocal && IsElsewhere(context.Request, site))
            {
                context.Items[Elsewhere] = true;
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsPost(method))
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                context.Response.Headers.Allow = "GET, HEAD, POST";
                return Task.CompletedTask;
            }

            // A NUL: nobody types one, and the database takes none.
            if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            // Which page it is for is not known yet.
            if (context.Request.ContentLength > LargestFiles)
            {
                context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return Task.CompletedTask;
            }
            return next(context);
        });
    }
}

/// <summary>On a page that takes files of visitors: its body may be larger than that of others.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesFilesAttribute : Attribute;

/// <summary>On a page that mail programs post to: what they send beside the address does not matter.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesAnyBodyAttribute : Attribute;
