using System.IO.Compression;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>Brotli: thorough for a page that is stored and sent many times, quick for one that is made for a single visitor.</summary>
internal sealed class PageCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private readonly BrotliCompressionProvider thorough = new(Options.Create(new BrotliCompressionProviderOptions { Level = CompressionLevel.Optimal }));

    public override ICompressionProvider? GetCompressionProvider(HttpContext context) =>
        base.GetCompressionProvider(context) is var usual && usual is BrotliCompressionProvider && IsStored(context) ? thorough : usual;

    private static bool IsStored(HttpContext context) => context.Features.Get<IOutputCacheFeature>()?.Context.AllowCacheStorage == true;
}
