using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingHub.People.Pages;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Answers of the provider that are not what this browser was sent for, or not the provider's.</summary>
public sealed class WorkAccountAnswerTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    private const string NotSignedIn = "You are not signed in";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("iss", "https://another.example")]
    [InlineData("aud", "another application")]
    [InlineData("nonce", "another nonce")]
    [InlineData("nonce", null)]
    [InlineData("sub", null)]
    public async Task IdToken_WithAnotherValue_SignsNobodyIn(string claim, string? value) =>
        await RefusedAsync(new { claims = new Dictionary<string, object?> { [claim] = value } });

    [Fact]
    public async Task IdToken_OutOfDate_SignsNobodyIn() => await RefusedAsync(new { claims = new { exp = app.Clock.Now.AddMinutes(-2).ToUnixTimeSeconds() } });

    [Fact]
    public async Task IdToken_SignedByAStranger_SignsNobodyIn() => await RefusedAsync(new { strangersKey = true });

    [Fact]
    public async Task Answer_OfThisBrowser_SignsInOnceOnly()
    {
        var (browser, person) = (app.Work(), await app.Provider.AddAsync("coordinators"));
        var back = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), person.Subject);

        Assert.Equal("/staff", (await browser.Site.GetAsync(back)).Address);
        Assert.Equal(NotSignedIn, (await browser.Site.GetAsync(back)).Heading);
        Assert.Equal(1, await app.SessionsAsync(person.Email));
    }

    [Fact]
    public async Task Answer_InAnotherBrowser_SignsNobodyIn()
    {
        var (browser, person) = (app.Work(), await app.Provider.AddAsync("coordinators"));
        var back = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), person.Subject);
        var victim = app.Work();
        await victim.StartAsync("/sign-in/work-account");

        Assert.Equal(NotSignedIn, (await victim.Site.GetAsync(back)).Heading);
        Assert.Equal(0, await app.SessionsAsync(person.Email));
    }

    [Fact]
    public async Task Answer_WithAnotherState_SignsNobodyIn()
    {
        var (browser, person) = (app.Work(), await app.Provider.AddAsync("coordinators"));
        var first = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), person.Subject);
        var second = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), person.Subject);
        var (codeOfFirst, stateOfSecond) = (Value(first, "code"), Value(second, "state"));

        // The code is bound to the verifier that travels with its own state.
        Assert.Equal(NotSignedIn, (await browser.Site.GetAsync($"{WorkAccountUrls.Callback}?code={codeOfFirst}&state={Uri.EscapeDataString(stateOfSecond)}")).Heading);
        Assert.Equal(NotSignedIn, (await browser.Site.GetAsync($"{WorkAccountUrls.Callback}?code={codeOfFirst}&state=none")).Heading);
        Assert.Equal(NotSignedIn, (await browser.Site.GetAsync(WorkAccountUrls.Callback)).Heading);
    }

    [Fact]
    public async Task Answer_OfSomebodyWhoWentAway_LeadsBackToTheDoor()
    {
        var browser = app.Work();

        var page = await browser.Site.GetAsync(await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), "cancel"));

        Assert.Equal(NotSignedIn, page.Heading);
        Assert.Equal("/sign-in", page.Find("main a[href='/sign-in']").GetAttribute("href"));
    }

    [Fact]
    public async Task Provider_DownAtSignIn_IsSaidAndNothingElseBreaks()
    {
        var person = await app.Provider.AddAsync("coordinators");
        var browser = app.Work();
        var back = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), person.Subject);
        await app.Provider.FaultAsync(new { isDown = true });

        var page = await browser.Site.GetAsync(back);
        var start = await browser.Site.GetAsync("/sign-in/work-account");
        var door = await browser.Site.GetAsync("/sign-in");

        await app.Provider.FaultAsync();
        Assert.Contains(page.Heading, (string[])["Your work account cannot be reached", NotSignedIn]);
        Assert.Equal("Your work account cannot be reached", start.Heading);
        Assert.Equal("Staff sign in", door.Heading);
        Assert.Equal("/staff", (await app.Work().SignInAsync(person)).Address);
    }

    [Fact]
    public async Task Challenge_AsksWithPkceAndHardenedCookies()
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(WorkAccountSignIn.Scheme);
        await using var production = new TestApp(app.ConnectionString, "Production",
        [
            "SingleSignOn:Authority", "https://login.example/tenant/v2.0", "SingleSignOn:ClientId", "id", "SingleSignOn:ClientSecret", "secret of a test", "SingleSignOn:Roles:0", "a = Finance",
        ]);
        var strict = production.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(WorkAccountSignIn.Scheme);

        Assert.True(options.UsePkce && !options.RequireHttpsMetadata && strict.RequireHttpsMetadata);
        foreach (var cookie in new[] { strict.CorrelationCookie, strict.NonceCookie })
        {
            Assert.StartsWith("__Host-work-account-", cookie.Name, StringComparison.Ordinal);
            Assert.Equal((CookieSecurePolicy.Always, SameSiteMode.Lax, "/", true), (cookie.SecurePolicy, cookie.SameSite, cookie.Path, cookie.HttpOnly));
        }
    }

    [Fact]
    public async Task NotSet_OffersNothing()
    {
        await using var plain = new TestApp(app.ConnectionString);
        var browser = plain.Browse();

        Assert.DoesNotContain("work account", (await browser.GetAsync("/sign-in")).Main, StringComparison.OrdinalIgnoreCase);
        foreach (var address in (string[])["/sign-in/work-account", "/sign-in/work-account/confirm", "/sign-in/work-account/connect", "/sign-in/work-account/callback?code=a&state=b", "/sign-in/work-account/refused?why=NoGroup"])
        {
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
        }

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.PostAsync(WorkAccountUrls.SignedOut, [])).Status);
    }

    private async Task RefusedAsync(object fault)
    {
        var person = await app.Provider.AddAsync("coordinators");
        await app.Provider.FaultAsync(fault);

        var page = await app.Work().SignInAsync(person);

        await app.Provider.FaultAsync();
        Assert.Equal(NotSignedIn, page.Heading);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.Users.AnyAsync(user => user.Email == person.Email, Ct)));
    }

    private static string Value(string address, string name) => QueryHelpers.ParseQuery(address.Split('?', 2)[1])[name].ToString();
}
