using System.IO.Compression;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Thorough for a page that is stored and sent many times: Brotli. Quick for one that is made for a single visitor: gzip, which
/// takes half the time of the quickest Brotli and leaves a page of 35 KB 3 % larger (measured November 2026).
/// </summary>
internal sealed class PageCompression(IServiceProvider services) : IResponseCompressionProvider
{
    private readonly ResponseCompressionProvider thorough = Of(services, Brotli(CompressionLevel.Optimal), Gzip(CompressionLevel.Optimal));
    private readonly ResponseCompressionProvider quick = Of(services, Gzip(CompressionLevel.Fastest), Brotli(CompressionLevel.Fastest));

    public ICompressionProvider? GetCompressionProvider(HttpContext context) => For(context).GetCompressionProvider(context);

    public bool ShouldCompressResponse(HttpContext context) => For(context).ShouldCompressResponse(context);

    public bool CheckRequestAcceptsCompression(HttpContext context) => For(context).CheckRequestAcceptsCompression(context);

    private ResponseCompressionProvider For(HttpContext context) =>
        context.Features.Get<IOutputCacheFeature>()?.Context.AllowCacheStorage == true ? thorough : quick;

    private static ResponseCompressionProvider Of(IServiceProvider services, ICompressionProvider preferred, ICompressionProvider other) =>
        new(services, Options.Create(new ResponseCompressionOptions
        {
            // Safe over HTTPS here: tokens change with every page, and cookies do not travel with requests from other sites.
            EnableForHttps = true,
            MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "text/calendar", "application/atom+xml"],
            Providers = { preferred, other },
        }));

    private static BrotliCompressionProvider Brotli(CompressionLevel level) => new(Options.Create(new BrotliCompressionProviderOptions { Level = level }));

    private static GzipCompressionProvider Gzip(CompressionLevel level) => new(Options.Create(new GzipCompressionProviderOptions { Level = level }));
}
