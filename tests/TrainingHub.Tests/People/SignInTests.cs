using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.People.Pages;
using Xunit;

namespace TrainingHub.Tests.People;

public sealed class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(12);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightPassword_LeadsToToday()
    {
        var page = await app.Browse().SignInAsync(await app.AddStaffAsync(), StaffDoor.Password);

        Assert.Equal((HttpStatusCode.OK, "/staff", "Today"), (page.Status, page.Address, page.Heading));
    }

    [Fact]
    public async Task SignIn_UnknownAccountAndWrongPassword_SaySame()
    {
        var wrong = await app.Browse().SignInAsync(await app.AddStaffAsync(), "not the password at all");
        var unknown = await app.Browse().SignInAsync("nobody@partnership.example", "not the password at all");

        Assert.Single(wrong.Errors);
        Assert.Equal(wrong.Errors, unknown.Errors);
        Assert.StartsWith("Error: ", wrong.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_NothingFilledIn_SaysSoAtEachField()
    {
        var page = await app.Browse().SignInAsync("", "");

        Assert.Equal(["Enter your email address", "Enter your password"], page.Errors);
    }

    [Theory]
    [InlineData("/staff/dates?period=past", "/staff/dates?period=past")]
    [InlineData("https://evil.example/", "/staff")]
    [InlineData("//evil.example/", "/staff")]
    [InlineData("/\\evil.example/", "/staff")]
    [InlineData("javascript:alert(1)", "/staff")]
    public async Task SignIn_ReturnUrl_IsFollowedOnlyInsideTheSite(string wanted, string reached)
    {
        var page = await app.Browse().SignInAsync(await app.AddStaffAsync(), StaffDoor.Password, "?ReturnUrl=" + Uri.EscapeDataString(wanted));

        Assert.Equal(reached, page.Address);
    }

    [Fact]
    public async Task SignOut_CopiedCookie_IsDead()
    {
        var browser = await app.BrowseAsStaffAsync();
        var cookies = (await browser.GetAsync("/staff/dates")).Response.RequestMessage!.Headers.GetValues("Cookie").Single();
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(cookies));

        await (await browser.GetAsync("/sign-out")).SubmitAsync();

        Assert.Equal(HttpStatusCode.Redirect, await StatusWithAsync(cookies));
    }

    [Fact]
    public async Task CloseStaff_OpenSession_EndsAtOnceForGood()
    {
        var email = await app.AddStaffAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, StaffDoor.Password);

        Assert.Null(await app.WithAsync((CloseStaff close) => close.RunAsync(email, Actor.CommandLine, Ct)));

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff/dates")).Address, StringComparison.Ordinal);
        Assert.NotEmpty((await app.Browse().SignInAsync(email, StaffDoor.Password)).Errors);
    }

    [Fact]
    public async Task Session_AQuarterOfAnHourWithoutARequest_Ends()
    {
        var browser = await app.BrowseAsStaffAsync();
        app.Clock.Advance(Idle - TimeSpan.FromSeconds(1));
        Assert.Equal("/staff/dates", (await browser.GetAsync("/staff/dates")).Address);
        app.Clock.Advance(Idle - TimeSpan.FromSeconds(1));
        Assert.Equal("900", (await browser.GetAsync("/staff/session")).Text);

        app.Clock.Advance(Idle);

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff/dates")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_InUseForTwelveHours_EndsAllTheSame()
    {
        var browser = await app.BrowseAsStaffAsync();
        for (var used = Often; used < StaffTicketStore.Longest; used += Often)
        {
            app.Clock.Advance(Often);
            Assert.Equal("/staff/account", (await browser.GetAsync("/staff/account")).Address);
        }

        app.Clock.Advance(Often);

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff/account")).Address, StringComparison.Ordinal);
    }

    /// <summary>OWASP's least for PBKDF2 with SHA-512; the tests themselves sign in by fewer.</summary>
    [Fact]
    public async Task Password_InProduction_IsHashedWithTheRoundsOfThePublishedAdvice()
    {
        await using var production = await ProductionApp.StartAsync(app.ConnectionString);

        Assert.Equal(210_000, production.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount);
    }

    [Fact]
    public async Task Session_InProduction_EndsByTheApplicationsClock()
    {
        await using var production = await ProductionApp.StartAsync(app.ConnectionString);
        var (idle, busy) = (await production.BrowseAsStaffAsync(), await production.BrowseAsStaffAsync());
        for (var used = Often; used < StaffTicketStore.Longest; used += Often)
        {
            production.Clock.Advance(Often);
            Assert.Equal("/staff/account", (await busy.GetAsync("/staff/account")).Address);
        }

        production.Clock.Advance(Often);

        Assert.StartsWith("/sign-in", (await idle.GetAsync("/staff/account")).Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await busy.GetAsync("/staff/account")).Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void IdleMinutes_OutOfBounds_AreRefused(int minutes, bool isAllowed) =>
        Assert.Equal(isAllowed, Validator.TryValidateProperty(minutes, new(new StaffOptions()) { MemberName = nameof(StaffOptions.IdleMinutes) }, null));

    [Fact]
    public async Task IdleMinutes_AsSet_AreWhatASessionLasts()
    {
        await using var longer = new TestApp(app.ConnectionString, "Demo", "Staff:IdleMinutes", "60");
        var browser = await longer.BrowseAsStaffAsync();

        longer.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal("3600", (await browser.GetAsync("/staff/session")).Text);
    }

    [Fact]
    public async Task DemoSignIn_OneClick_LeadsWhereOneWanted()
    {
        var page = await app.Browse().GetAsync("/staff/dates");

        var after = await page.SubmitAsync(selector: "form[action$='/dev/sign-in']");

        Assert.Equal("/staff/dates", after.Address);
    }

    [Fact]
    public async Task DemoSignIn_WithoutItsToken_IsRefused()
    {
        var page = await app.Browse().PostAsync("/dev/sign-in", []);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    private async Task<HttpStatusCode> StatusWithAsync(string cookies)
    {
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("https://localhost") });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/staff/dates");
        request.Headers.Add("Cookie", cookies);
        using var response = await client.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
