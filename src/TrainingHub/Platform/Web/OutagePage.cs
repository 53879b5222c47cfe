using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Data;

namespace TrainingHub.Platform.Web;

/// <summary>
/// While the database does not answer every page is this one: 503, at once for those who come, within three seconds for those who
/// wait already. It is made without the database, which even a sign-in needs. What waits is not called off, which takes half a minute:
/// its visitor is answered, and what it still says goes nowhere.
/// </summary>
internal static class OutagePage
{
    public static void UseOutagePage(this WebApplication app)
    {
        var watch = app.Services.GetRequiredService<DatabaseWatch>();
        var site = app.Services.GetRequiredService<IOptions<SiteOptions>>();
        app.Use(async (context, next) =>
        {
            if (NeedsNoDatabase(context))
            {
                await next(context);
                return;
            }

            // As they are before compression and the store of pages put theirs in front.
            var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            if (watch.IsDown)
            {
                await SayAsync(context, body, site.Value);
                return;
            }

            var work = next(context);
            if (await Task.WhenAny(work, watch.WentDown) == work || context.Response.HasStarted)
            {
                await work;
                return;
            }

            await SayAsync(context, body, site.Value);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }

    private static bool NeedsNoDatabase(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private static async Task SayAsync(HttpContext context, IHttpResponseBodyFeature body, SiteOptions site)
    {
        var response = context.Response;
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "60";
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        var page = Encoding.UTF8.GetBytes(Html(site, wasSending: HttpMethods.IsPost(context.Request.Method)));
        response.ContentLength = page.Length;
        await body.StartAsync(CancellationToken.None);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await body.Writer.WriteAsync(page, CancellationToken.None);
        }

        await body.CompleteAsync();
    }

    private static string Html(SiteOptions site, bool wasSending)
    {
        string Text(string words) => HtmlEncoder.Default.Encode(words);
        var sending = wasSending
            ? "<h2>What happened to what you typed</h2><p>What you typed has most likely not been saved. If you were booking or paying, "
                + "look for an email from us before you try again, so that nothing is done twice.</p>"
            : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>Sorry, the service is not available – {Text(site.Name)}</title></head>
            <body><main>
            <h1>Sorry, the service is not available</h1>
            <p>The service is not available for the moment. Try again in a few minutes.</p>
            {sending}
            <p>You can contact us: <a href="mailto:{Text(site.ContactEmail)}">{Text(site.ContactEmail)}</a> or {Text(site.ContactPhone)}.</p>
            </main></body></html>
            """;
    }
}
