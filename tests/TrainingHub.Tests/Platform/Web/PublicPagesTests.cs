using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class PublicPagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Page_OpenedTwice_ComesFromTheStoreTheSecondTime()
    {
        await EvictAsync();

        Assert.False(await IsStoredAsync("/terms"));
        Assert.True(await IsStoredAsync("/terms"));
        Assert.True(await IsStoredAsync("/terms?utm=anything"));
        Assert.False(await IsStoredAsync("/terms?page=2"));
    }

    [Fact]
    public async Task Page_WithAParameterThatItsRoomTold_IsStoredApartOrNotAtAll()
    {
        await EvictAsync();
        await IsStoredAsync("/courses?when=saturday");

        Assert.True(await IsStoredAsync("/courses?when=saturday"));
        Assert.False(await IsStoredAsync("/courses?when=sunday"));
        Assert.False(await IsStoredAsync("/courses?q=neglect"));
        Assert.False(await IsStoredAsync("/courses?q=neglect"));
    }

    [Fact]
    public async Task Page_PlacesChangeAnywhere_IsMadeAnew()
    {
        await EvictAsync();
        await IsStoredAsync("/privacy");
        Assert.True(await IsStoredAsync("/privacy"));

        await using var ring = app.Database.CreateCommand("select pg_notify('places_changed', '')");
        await ring.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var until = TimeProvider.System.GetUtcNow().AddSeconds(10);
        while (await IsStoredAsync("/privacy"))
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "The stored page outlived the change of places.");
        }
    }

    [Fact]
    public async Task Page_StoredForOneEncoding_IsNotSentToAnother()
    {
        await EvictAsync();
        var brotli = await EncodingAsync("/cookies", "br");
        var storedBrotli = await EncodingAsync("/cookies", "br;q=1.0, gzip;q=0.5");
        var plain = await EncodingAsync("/cookies", "identity");

        Assert.Equal(("br", false), brotli);
        Assert.Equal(("br", true), storedBrotli);
        Assert.Equal(("", false), plain);
    }

    [Fact]
    public async Task Page_MadeForOneVisitor_IsCompressedQuickly()
    {
        const string Browser = "gzip, deflate, br, zstd";

        Assert.Equal("gzip", (await EncodingAsync("/courses?q=neglect", Browser)).Encoding);
        Assert.Equal("br", (await EncodingAsync("/courses?q=neglect", "br")).Encoding);
        Assert.Equal("br", (await EncodingAsync("/courses", Browser)).Encoding);
    }

    [Fact]
    public async Task Page_OpenedByStaff_IsNeitherStoredNorTakenFromTheStore()
    {
        await EvictAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contact");
        request.Headers.Add("Cookie", "session=something");

        var page = await app.Browse().SendAsync(request);

        Assert.False(page.Response.Headers.Contains("Age"));
        Assert.False(await IsStoredAsync("/contact"));
    }

    [Fact]
    public async Task StoredPages_AllOfThem_HoldNoFormThatIsPosted()
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var stored = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.OfType<OutputCacheAttribute>().Any(cache => cache.PolicyName == PublicPages.Policy)
                || endpoint.Metadata.OfType<IOutputCachePolicy>().Any())
            .ToList();

        Assert.True(stored.Count >= 5);
        foreach (var endpoint in stored)
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } descriptor)
            {
                var compiled = await loader.LoadAsync(descriptor, endpoint.Metadata);
                Assert.DoesNotContain(compiled.HandlerMethods, handler => handler.HttpMethod != "Get");
            }
            if (endpoint.RoutePattern.Parameters.Count > 0)
            {
                continue;
            }

            var page = await app.Browse().GetAsync("/" + endpoint.RoutePattern.RawText?.TrimStart('/'));
            Assert.DoesNotContain("__RequestVerificationToken", page.Text, StringComparison.Ordinal);
            Assert.False(page.Response.Headers.Contains("Set-Cookie"), page.Address);
        }
    }

    private async Task EvictAsync() =>
        await app.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync(PublicPages.Tag, TestContext.Current.CancellationToken);

    private async Task<bool> IsStoredAsync(string address)
    {
        var page = await app.Browse().GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page.Response.Headers.Contains("Age");
    }

    private async Task<(string Encoding, bool Stored)> EncodingAsync(string address, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await app.Browse().Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (string.Join(',', response.Content.Headers.ContentEncoding), response.Headers.Contains("Age"));
    }
}
