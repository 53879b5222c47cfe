using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Public pages as they are at this moment: what the database says of a change arrives a little later.</summary>
internal static class FreshPages
{
    public static async Task<TestPage> ReadAsync(this TestApp app, string address)
    {
        app.Services.GetRequiredService<PageCache>().Forget();
        await app.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync(PublicPages.Tag, TestContext.Current.CancellationToken);
        return await app.Browse().GetAsync(address);
    }
}
