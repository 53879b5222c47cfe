using Microsoft.AspNetCore.Diagnostics;

namespace TrainingHub.Platform.Web;

/// <summary>What is refused before any page sees it: methods that no page has, and bodies that are too large.</summary>
internal static class RequestRules
{
    /// <summary>Largest body in bytes. A programme file of 10,000 rows has about 2 million.</summary>
    public const long LargestBody = 8 * 1024 * 1024;

    /// <summary>
    /// A Razor page answers any method, TRACE too, with 200; here only GET, HEAD and POST pass. A body that is
    /// announced as too large is a 413 with a page of its own: further in it would be a bare 400.
    /// </summary>
    public static void UseRequestRules(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var method = context.Request.Method;
            // The page that explains a refusal comes through here again, with the method and length that were refused.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                return next(context);
            }

            if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsPost(method))
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                context.Response.Headers.Allow = "GET, HEAD, POST";
                return Task.CompletedTask;
            }
            if (context.Request.ContentLength > LargestBody)
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return Task.CompletedTask;
            }
            return next(context);
        });
    }
}
