using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Where somebody is signed in, as they see it themselves and as an administrator does.</summary>
public sealed class OwnSessionsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_TwoBrowsers_NamesBothAndMarksThisOne()
    {
        var (desk, _) = await SignInTwiceAsync(await app.AddStaffAsync());

        var account = await desk.GetAsync("/staff/account");

        Assert.Contains("Firefox on Windows: this browser", account.Main);
        Assert.Contains("Safari on iPhone since", account.Main);
        Assert.Single(account.All("form:has([name=key])"));
        Assert.Contains("Where you are signed in", account.Main);
    }

    [Fact]
    public async Task SignOut_OfAnotherBrowser_EndsThatOneAlone()
    {
        var (desk, phone) = await SignInTwiceAsync(await app.AddStaffAsync());

        var account = await desk.GetAsync("/staff/account");
        var ended = await account.SubmitAsync(selector: "form:has([name=key])");
        var again = await account.SubmitAsync(selector: "form:has([name=key])");

        Assert.Contains("Signed out there.", ended.Main);
        Assert.Contains("That browser is not signed in any more.", again.Main);
        Assert.StartsWith("/sign-in", (await phone.GetAsync("/staff")).Address);
        Assert.Equal("/staff/dates", (await desk.GetAsync("/staff/dates")).Address);
    }

    [Fact]
    public async Task SignOut_EverywhereElse_LeavesThisBrowserAndOtherPeopleAlone()
    {
        var email = await app.AddStaffAsync();
        var (desk, phone) = await SignInTwiceAsync(email);
        var colleague = await app.BrowseAsStaffAsync();

        var ended = await (await desk.GetAsync("/staff/account")).SubmitAsync(selector: "form[action*='handler=End']:not(:has([name=key]))");

        Assert.Contains("You are signed out everywhere else.", ended.Main);
        Assert.StartsWith("/sign-in", (await phone.GetAsync("/staff")).Address);
        Assert.Equal("/staff/dates", (await desk.GetAsync("/staff/dates")).Address);
        Assert.Equal("/staff/dates", (await colleague.GetAsync("/staff/dates")).Address);
        Assert.Contains("Signed out everywhere else", await ActsAsync(email));
    }

    [Fact]
    public async Task SignOut_WithTheKeyOfSomebodyElseOrNonsense_EndsNothing()
    {
        var theirs = await app.BrowseAsStaffAsync();
        var key = (await theirs.GetAsync("/staff")).Find("[data-session]").GetAttribute("data-session")!;
        var (desk, _) = await SignInTwiceAsync(await app.AddStaffAsync());

        foreach (var wrong in new[] { key, "%%%", "AAAA", "" })
        {
            var page = await (await desk.GetAsync("/staff/account")).SubmitAsync(form => form["key"] = wrong, "form:has([name=key])");
            Assert.Equal("/staff/account", page.Address);
        }

        Assert.Equal("/staff/dates", (await theirs.GetAsync("/staff/dates")).Address);
        Assert.Equal("/staff/dates", (await desk.GetAsync("/staff/dates")).Address);
    }

    [Fact]
    public async Task Administrator_LooksAtAnAccount_SeesTheSameAndEndsAll()
    {
        var email = await app.AddStaffAsync();
        var (desk, phone) = await SignInTwiceAsync(email);
        var id = await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));
        var administrator = await app.BrowseAsStaffAsync();

        var page = await administrator.GetAsync($"/staff/staff/{id}");
        var ended = await page.SubmitAsync(selector: "form[action*='handler=End']:not(:has([name=key]))");

        Assert.Contains("Firefox on Windows since", page.Main);
        Assert.DoesNotContain("this browser", page.Main);
        Assert.Contains("Nowhere.", ended.Main);
        Assert.StartsWith("/sign-in", (await desk.GetAsync("/staff")).Address);
        Assert.StartsWith("/sign-in", (await phone.GetAsync("/staff")).Address);
    }

    [Theory]
    [InlineData(Firefox, "Firefox on Windows")]
    [InlineData(Phone, "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15", "Safari on Mac")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome on Linux")]
    [InlineData("<script>alert(1)</script>", "An unknown browser")]
    [InlineData("", "An unknown browser")]
    [InlineData(null, "An unknown browser")]
    public void BrowserWords_OfWhatBrowsersSay_ArePlain(string? says, string words) => Assert.Equal(words, BrowserWords.Of(says));

    private async Task<(TestBrowser Desk, TestBrowser Phone)> SignInTwiceAsync(string email)
    {
        var (desk, phone) = (app.Browse(), app.Browse());
        desk.Client.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
        phone.Client.DefaultRequestHeaders.UserAgent.ParseAdd(Phone);
        await desk.SignInAsync(email, StaffDoor.Password);
        await phone.SignInAsync(email, StaffDoor.Password);
        return (desk, phone);
    }

    private Task<List<string>> ActsAsync(string email) => app.WithAsync((TrainingHubDb db) => db.HistoryEntries
        .Where(entry => db.Users.Any(user => user.Email == email && user.Id == entry.RecordId)).Select(entry => entry.Act).ToListAsync(Ct));
}
