using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People.Pages;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>The provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0, 2.6).</summary>
public sealed class BackChannelLogoutTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notice_OfOneSignIn_EndsThatOneAndOfThePersonAll()
    {
        var (desk, person) = await app.SignInAsync("coordinators");
        var phone = app.Work();
        await phone.SignInAsync(person);
        var (other, _) = await app.SignInAsync("coordinators");
        var sid = await app.WithAsync((TrainingHubDb db) => db.StaffSessions.Where(session => session.Subject == person.Subject)
            .OrderBy(session => session.CreatedAt).Select(session => session.ProviderSession).FirstAsync(Ct));

        var one = await SendAsync(await app.Provider.LogoutTokenAsync(new { sub = person.Subject, sid }));
        var left = await app.SessionsAsync(person.Email);
        var all = await SendAsync(await app.Provider.LogoutTokenAsync(new { sub = person.Subject }, typ: "JWT"));

        Assert.NotNull(sid);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (one.StatusCode, all.StatusCode));
        Assert.Equal((1, 0), (left, await app.SessionsAsync(person.Email)));
        Assert.True(one.Headers.CacheControl?.NoStore);
        Assert.False(one.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("/sign-in", (await desk.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
        Assert.Equal("/staff", (await other.Site.GetAsync("/staff")).Address);
        Assert.Contains("Work account: Signed out: They signed out of the work account", await app.HistoryAsync(await app.IdAsync(person.Email)));
    }

    [Fact]
    public async Task Notice_ASecondTime_IsRefused()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        var token = await app.Provider.LogoutTokenAsync(new { sub = person.Subject });
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(token)).StatusCode);
        var again = app.Work();
        await again.SignInAsync(person);

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(token)).StatusCode);
        Assert.Equal("/staff", (await again.Site.GetAsync("/staff")).Address);
    }

    [Theory]
    [InlineData("iss", "https://another.example")]
    [InlineData("aud", "another application")]
    [InlineData("exp", null)]
    [InlineData("iat", null)]
    [InlineData("jti", null)]
    [InlineData("sub", null)]
    [InlineData("events", null)]
    [InlineData("events", "text")]
    [InlineData("nonce", "any")]
    public async Task Notice_WithAnotherValue_IsRefused(string claim, string? value)
    {
        var (_, person) = await app.SignInAsync("coordinators");

        await RefusedAsync(person, new Dictionary<string, object?> { ["sub"] = person.Subject, [claim] = value });
    }

    [Fact]
    public async Task Notice_OutOfTimeOrOfAnotherEvent_IsRefused()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        var now = app.Clock.Now.ToUnixTimeSeconds();

        await RefusedAsync(person, new() { ["sub"] = person.Subject, ["exp"] = now - 120 });
        await RefusedAsync(person, new() { ["sub"] = person.Subject, ["iat"] = now - 600 });
        await RefusedAsync(person, new() { ["sub"] = person.Subject, ["iat"] = now + 600 });
        await RefusedAsync(person, new() { ["sub"] = person.Subject, ["events"] = new Dictionary<string, object> { ["another"] = new { } } });
        await RefusedAsync(person, new() { ["sub"] = person.Subject, ["events"] = new Dictionary<string, object> { [Event] = "text" } });
    }

    [Fact]
    public async Task Notice_SignedByAStrangerOrNobody_IsRefused()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        await app.Provider.FaultAsync(new { strangersKey = true });
        await RefusedAsync(person, new() { ["sub"] = person.Subject });
        await app.Provider.FaultAsync();
        var parts = (await app.Provider.LogoutTokenAsync(new { sub = person.Subject })).Split('.');
        var unsigned = $"{Convert.ToBase64String("""{"alg":"none","typ":"logout+jwt"}"""u8).TrimEnd('=')}.{parts[1]}.";

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(unsigned)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("not a token")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(new string('a', 20_000))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("")).StatusCode);
        Assert.Equal(1, await app.SessionsAsync(person.Email));
    }

    [Fact]
    public async Task IdToken_AsANotice_IsRefused()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        await RefusedAsync(person, new() { ["sub"] = person.Subject, ["events"] = null, ["nonce"] = "n" }, typ: "JWT");
        await RefusedAsync(person, new() { ["sub"] = person.Subject }, typ: "at+jwt");
    }

    private async Task RefusedAsync(WorkPerson person, Dictionary<string, object?> claims, string? typ = null)
    {
        var before = await app.SessionsAsync(person.Email);

        var answer = await SendAsync(await app.Provider.LogoutTokenAsync(claims, typ));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await app.SessionsAsync(person.Email));
    }

    private async Task<HttpResponseMessage> SendAsync(string token)
    {
        using var content = new FormUrlEncodedContent([new("logout_token", token)]);
        return await app.CreateClient().PostAsync(WorkAccountUrls.SignedOut, content, Ct);
    }
}
