using System.Net;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Passkeys over HTTP, with one in software: it signs in as both factors, and a copied or foreign answer does not.</summary>
public sealed class PasskeyTests(FactorBench app) : IClassFixture<FactorBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passkey_Added_SignsInAloneAndAgain()
    {
        var someone = await app.EnrolAsync();
        using var passkey = new TestPasskey();

        var account = await AddAsync(someone, passkey, "Work laptop");
        var reached = await SignInAsync(app.Browse(), passkey, "?ReturnUrl=%2Fstaff%2Fdates");
        var again = await SignInAsync(app.Browse(), passkey);

        Assert.Equal("/staff/account", account.Address);
        Assert.Contains("Passkey: Work laptop", account.Main, StringComparison.Ordinal);
        Assert.Equal("/staff/dates", reached.Address);
        Assert.Equal("/staff", again.Address);
        Assert.Equal(["AppAdded", "PasskeyAdded"], await app.ToldAsync(someone.Email));
        Assert.Contains("Signed in: With a passkey", await app.HistoryAsync(await app.IdAsync(someone.Email)));
    }

    [Fact]
    public async Task Passkey_AnswerSentTwice_IsRefusedTheSecondTime()
    {
        var someone = await app.EnrolAsync();
        using var passkey = new TestPasskey();
        await AddAsync(someone, passkey, "Phone");
        var (here, there) = (await app.Browse().GetAsync("/sign-in"), await app.Browse().GetAsync("/sign-in"));
        var (options, challenge) = await FactorBench.AskAsync(here);
        var answer = passkey.Get(options);

        var first = await SendAsync(here, answer, challenge);
        var replayed = await SendAsync(there, answer, challenge);
        var (_, another) = await FactorBench.AskAsync(there);
        var crossed = await SendAsync(there, answer, another);

        Assert.Equal("/staff", first.Address);
        foreach (var refused in new[] { replayed, crossed })
        {
            Assert.Equal(HttpStatusCode.OK, refused.Status);
            Assert.Equal(["The passkey was not accepted. Try again, or sign in with your password"], refused.Errors);
        }
    }

    [Fact]
    public async Task Passkey_SignedOnAnotherSiteOrWithoutItsOwner_IsRefused()
    {
        var someone = await app.EnrolAsync();
        using var passkey = new TestPasskey();
        await AddAsync(someone, passkey, "Phone");
        using var another = new TestPasskey { Origin = "https://localhost.evil.example" };

        var added = await AddFormAsync(someone, another, "Theirs");
        passkey.Origin = "https://localhost:8443";
        var foreign = await SignInAsync(app.Browse(), passkey);
        (passkey.Origin, passkey.VerifiesItsOwner) = ("https://localhost", false);
        var unseen = await SignInAsync(app.Browse(), passkey);
        passkey.VerifiesItsOwner = true;

        Assert.Equal(["The passkey was not accepted. Try again"], added.Errors);
        Assert.NotEmpty(foreign.Errors);
        Assert.NotEmpty(unseen.Errors);
        Assert.Equal("/staff", (await SignInAsync(app.Browse(), passkey)).Address);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("{}", "x")]
    [InlineData("not JSON", "")]
    public async Task Passkey_AnswerOfAnyShape_IsRefusedAndNoFault(string? credential, string? challenge)
    {
        var page = await app.Browse().GetAsync("/sign-in");
        var (_, good) = await FactorBench.AskAsync(page);

        var refused = await SendAsync(page, credential ?? "", challenge ?? good);

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.NotEmpty(refused.Errors);
    }

    [Fact]
    public async Task Passkey_OfAClosedAccountOrRemoved_IsRefused()
    {
        var (closed, someone) = (await app.EnrolAsync(), await app.EnrolAsync());
        using var theirs = new TestPasskey();
        using var own = new TestPasskey();
        await AddAsync(closed, theirs, "Phone");
        var account = await AddAsync(someone, own, "Phone");
        Assert.Null(await app.WithAsync((CloseStaff close) => close.RunAsync(closed.Email, Actor.CommandLine, Ct)));

        var removed = await (await account.FollowAsync("Rename or remove Phone")).SubmitAsync(selector: "form[action*='handler=Remove']");

        Assert.NotEmpty((await SignInAsync(app.Browse(), theirs)).Errors);
        Assert.NotEmpty((await SignInAsync(app.Browse(), own)).Errors);
        Assert.DoesNotContain("Phone", removed.Main, StringComparison.Ordinal);
        Assert.Equal(["AppAdded", "PasskeyAdded", "PasskeyRemoved"], await app.ToldAsync(someone.Email));
        Assert.Contains("Passkey removed", await app.HistoryAsync(await app.IdAsync(someone.Email)));
    }

    [Fact]
    public async Task Passkey_Renamed_IsListedSoAndStillSignsIn()
    {
        var someone = await app.EnrolAsync();
        using var passkey = new TestPasskey();
        var one = await (await AddAsync(someone, passkey, "Phone")).FollowAsync("Rename or remove Phone");

        var nameless = await one.SubmitAsync(form => form["Form.Name"] = "", "form[action*='handler=Name']");
        var renamed = await nameless.SubmitAsync(form => form["Form.Name"] = "Blue phone", "form[action*='handler=Name']");

        Assert.Equal(["Enter what you call it"], nameless.Errors);
        Assert.Contains("Passkey: Blue phone", renamed.Main, StringComparison.Ordinal);
        Assert.Equal("/staff", (await SignInAsync(app.Browse(), passkey)).Address);
    }

    [Fact]
    public async Task Passkey_OfSomebodyElse_IsNotFound()
    {
        var (someone, other) = (await app.EnrolAsync(), await app.EnrolAsync());
        using var passkey = new TestPasskey();
        await AddAsync(someone, passkey, "Phone");

        Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync($"/staff/account/passkeys/{passkey.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync("/staff/account/passkeys/x")).Status);
    }

    [Fact]
    public async Task NewPasskey_WithoutANameOrAnApp_IsNotAskedFor()
    {
        var someone = await app.EnrolAsync();
        var page = await someone.Browser.GetAsync("/staff/account/passkeys");
        await using var demo = new TestApp(app.ConnectionString);
        var without = await (await demo.BrowseAsStaffAsync()).GetAsync("/staff/account/passkeys");

        var asked = await page.Browser.PostAsync(page.Find("form[data-passkey]").GetAttribute("data-passkey")!, page.Fields(_ => { }));
        var named = await page.SubmitAsync();

        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Equal(["Enter what you call it"], named.Errors);
        Assert.Contains("First set up an authenticator app", without.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_SiteWhoseAddressIsANumber_OffersNone()
    {
        await using var numbered = new TestApp(app.ConnectionString, DemoEnvironment.Name, "Site:PublicUrl", "http://127.0.0.1:5080");

        var page = await numbered.Browse().GetAsync("/sign-in");

        Assert.Empty(page.All("form[data-passkey]"));
        Assert.NotEmpty((await app.Browse().GetAsync("/sign-in")).Document.QuerySelectorAll("form[data-passkey][hidden]"));
    }

    private static async Task<TestPage> AddAsync(Enrolled someone, TestPasskey passkey, string name)
    {
        var account = await AddFormAsync(someone, passkey, name);
        Assert.Empty(account.Errors);
        return account;
    }

    private static async Task<TestPage> AddFormAsync(Enrolled someone, TestPasskey passkey, string name)
    {
        var page = await someone.Browser.GetAsync("/staff/account/passkeys");
        var (options, challenge) = await FactorBench.AskAsync(page, name);
        return await page.SubmitAsync(form => (form["Form.Name"], form["Credential"], form["Challenge"]) = (name, passkey.Create(options), challenge));
    }

    private static async Task<TestPage> SignInAsync(TestBrowser browser, TestPasskey passkey, string query = "")
    {
        var page = await browser.GetAsync("/sign-in" + query);
        var (options, challenge) = await FactorBench.AskAsync(page);
        return await SendAsync(page, passkey.Get(options), challenge);
    }

    private static Task<TestPage> SendAsync(TestPage page, string credential, string challenge) =>
        page.SubmitAsync(form => (form["Credential"], form["Challenge"]) = (credential, challenge), "form[data-passkey]");
}
