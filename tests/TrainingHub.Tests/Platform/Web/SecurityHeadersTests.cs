using System.Net;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class SecurityHeadersTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("/terms")]
    [InlineData("/no-such-page")]
    [InlineData("/error/500")]
    [InlineData("/sign-in")]
    [InlineData("/health/live")]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    public async Task Answer_WhateverItIs_CarriesTheSameHeaders(string address)
    {
        var page = await app.Browse().GetAsync(address);

        var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://checkout.stripe.com", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("nonce", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", page.Response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", page.Response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.True(page.Response.Headers.Contains("Referrer-Policy"));
        Assert.True(page.Response.Headers.Contains("Permissions-Policy"));
        Assert.False(page.Response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Policy_InlineScriptOfTheTemplate_HasTheHashThatIsAllowed()
    {
        var page = await app.Browse().GetAsync("/terms");

        var script = page.Find("body > script:not([src])").TextContent;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"'sha256-{hash}'", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Page_MethodThatItDoesNotHave_IsRefused(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/terms");

        var page = await app.Browse().SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.Status);
        Assert.Contains("GET", page.Response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/terms")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/robots.txt")]
    [InlineData("/.well-known/security.txt")]
    public async Task Head_WhereGetWorks_WorksToo(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);

        var page = await app.Browse().SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Theory]
    [InlineData("/accessibility")]
    [InlineData("/privacy")]
    [InlineData("/cookies")]
    [InlineData("/contact")]
    [InlineData("/terms")]
    public async Task StandingPage_Opened_SetsNoCookieAndNamesNoOtherHost(string address)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Response.Headers.Contains("Set-Cookie"));
        Assert.Single(page.All("h1"));
        Assert.StartsWith(page.Heading, page.Title, StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll("script[src], link[rel=stylesheet], img"), element =>
            Assert.StartsWith("/", element.GetAttribute("src") ?? element.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecurityFile_AtAnyTime_ExpiresInLessThanAYear()
    {
        var page = await app.Browse().GetAsync("/.well-known/security.txt");

        var line = page.Text.Split('\n').Single(line => line.StartsWith("Expires: ", StringComparison.Ordinal));
        var expires = DateTimeOffset.Parse(line["Expires: ".Length..]);
        Assert.InRange(expires, app.Clock.Now.AddMonths(5), app.Clock.Now.AddYears(1));
    }
}
