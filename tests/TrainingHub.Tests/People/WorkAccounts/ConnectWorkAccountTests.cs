using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>An account that was there before is entered by nobody's word about an address, but by whoever proves that it is theirs.</summary>
public sealed class ConnectWorkAccountTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_AddressOfAnAccount_AsksForThePresentSignInFirst()
    {
        var (email, desk) = await EnrolAsync();
        var person = await WorkPersonAsync(email, "coordinators");
        var browser = app.Work();

        var asked = await browser.SignInAsync(person);
        var without = await browser.Site.GetAsync("/staff");

        Assert.StartsWith("/sign-in?connect=yes", asked.Address, StringComparison.Ordinal);
        Assert.Contains($"There is an account for {email} here already", asked.Main);
        Assert.StartsWith("/sign-in", without.Address, StringComparison.Ordinal);
        Assert.Equal(0, await ConnectedAsync(email));
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/staff/dates")).Status);
        Assert.Equal([.. StaffUser.WhoIsAlone], (await app.UserAsync(email))!.Roles);
    }

    [Fact]
    public async Task Connect_ByThePresentSignIn_EndsEverySessionAndSignsInByTheWorkAccountAlone()
    {
        var (email, desk, authenticator) = await EnrolWithAppAsync();
        var person = await WorkPersonAsync(email, "coordinators");
        var browser = app.Work();
        await browser.SignInAsync(person, "?ReturnUrl=%2Fstaff%2Fdates");

        var code = await browser.Site.SignInAsync(email, StaffDoor.Password, "?connect=yes&ReturnUrl=%2Fstaff%2Fdates");
        var half = await ConnectedAsync(email);
        var done = await CodeAsync(authenticator, code);
        var entered = await browser.SignInAsync(person);

        Assert.Equal(0, half);
        Assert.Contains("Your work account is connected. From now on sign in with it", done.Main);
        Assert.StartsWith("/sign-in", (await desk.GetAsync("/staff/dates")).Address, StringComparison.Ordinal);
        Assert.Equal("/staff", entered.Address);
        Assert.Equal([StaffRole.Coordinator], (await app.UserAsync(email))!.Roles);
        Assert.Equal("Sign in with your work account", (await app.Browse().SignInAsync(email, StaffDoor.Password)).Heading);
        Assert.Contains("Ann Coordinator: Work account connected", await app.HistoryAsync(await app.IdAsync(email)));
    }

    [Fact]
    public async Task Connect_SignedInAsSomebodyElse_ConnectsNothing()
    {
        var (email, _) = await EnrolAsync();
        var (other, _, authenticator) = await EnrolWithAppAsync();
        var browser = app.Work();
        await browser.SignInAsync(await WorkPersonAsync(email, "coordinators"));

        var page = await CodeAsync(authenticator, await browser.Site.SignInAsync(other, StaffDoor.Password));

        Assert.Equal("/staff", page.Address);
        Assert.Equal((0, 0), (await ConnectedAsync(email), await ConnectedAsync(other)));
    }

    [Fact]
    public async Task Connect_FromTheOwnAccount_NeedsTheLinkOfThisSessionAndAProof()
    {
        var (email, desk, browser) = await WorkEnrolAsync();
        var (_, _, stranger) = await WorkEnrolAsync();
        var person = await app.Provider.AddAsync("coordinators");
        var link = (await desk.GetAsync("/staff/account")).Find("a[href*='/sign-in/work-account/connect']").GetAttribute("href")!;
        var strangers = (await stranger.Site.GetAsync("/staff/account")).Find("a[href*='/sign-in/work-account/connect']").GetAttribute("href")!;

        var forged = await desk.GetAsync(strangers);
        var bare = await desk.GetAsync("/sign-in/work-account/connect");
        await app.WithAsync((TrainingHubDb db) => db.StaffSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvedAt, (DateTimeOffset?)null), Ct));
        var unproved = await desk.GetAsync(link);
        await app.WithAsync((TrainingHubDb db) => db.StaffSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvedAt, app.Clock.Now), Ct));
        var done = await desk.GetAsync(await browser.AtProviderAsync(await browser.StartAsync(link), person.Subject));

        Assert.Equal(("/staff/account", "/staff/account"), (forged.Address, bare.Address));
        Assert.Equal("Confirm that it is you", unproved.Heading);
        Assert.Contains("Your work account is connected", done.Main);
        Assert.Equal((1, 0), (await ConnectedAsync(email), await app.SessionsAsync(email)));
        Assert.Equal("/staff", (await browser.SignInAsync(person)).Address);
    }

    [Fact]
    public async Task Connect_AWorkAccountWithoutAGroupOrOfSomebodyElse_IsRefused()
    {
        var (email, desk, browser) = await WorkEnrolAsync();
        var (_, taken) = await app.SignInAsync("coordinators");
        var link = (await desk.GetAsync("/staff/account")).Find("a[href*='/sign-in/work-account/connect']").GetAttribute("href")!;

        var gardener = await desk.GetAsync(await browser.AtProviderAsync(await browser.StartAsync(link), (await app.Provider.AddAsync("gardeners")).Subject));
        browser.LeaveProvider();
        var others = await desk.GetAsync(await browser.AtProviderAsync(await browser.StartAsync(link), taken.Subject));

        Assert.Equal("Your work account has no role here", gardener.Heading);
        Assert.Equal("Another work account is connected", others.Heading);
        Assert.Equal((0, 1), (await ConnectedAsync(email), await app.SessionsAsync(email)));
    }

    [Fact]
    public async Task Disconnect_ByWhoeverHasAPassword_LeadsBackToIt()
    {
        var (email, _, authenticator) = await EnrolWithAppAsync();
        var person = await WorkPersonAsync(email, "coordinators");
        var id = await app.IdAsync(email);
        Assert.Null(await app.WithAsync((ConnectWorkAccount connect) => connect.RunAsync(id, person.Subject, Ct)));
        var browser = app.Work();
        await browser.SignInAsync(person);

        var page = await (await browser.Site.GetAsync("/staff/account")).SubmitAsync(selector: "form[action*='handler=Disconnect']");

        Assert.Contains("Your work account is disconnected", page.Main);
        Assert.Equal((0, 0), (await ConnectedAsync(email), await app.SessionsAsync(email)));
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("/staff", (await CodeAsync(authenticator, await app.Browse().SignInAsync(email, StaffDoor.Password))).Address);
    }

    [Fact]
    public async Task Disconnect_WithoutAPassword_IsForAnAdministrator()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        var (administrator, _) = await app.SignInAsync("administrators");
        var id = await app.IdAsync(person.Email);

        var own = await browser.Site.GetAsync("/staff/account");
        var page = await (await administrator.Site.GetAsync($"/staff/staff/{id}")).SubmitAsync(selector: "form[action*='handler=Disconnect']");

        Assert.Contains("You have no password here. To disconnect it, ask an administrator.", own.Main);
        Assert.Contains("The work account is disconnected", page.Main);
        Assert.Equal((0, 0), (await ConnectedAsync(person.Email), await app.SessionsAsync(person.Email)));
    }

    [Fact]
    public async Task FirstSignIn_TwoAtOnce_OpensOneAccountForBothAndWithoutTheLockNotForBoth()
    {
        var person = await app.Provider.AddAsync("coordinators");
        var entries = await AtOnceAsync(person, entering => entering());
        var another = await app.Provider.AddAsync("coordinators");

        var without = await AtOnceAsync(another, Unguarded.WithoutOneAtATimeAsync);

        Assert.Equal(2, entries.Count(entry => entry is { Refusal: null, MustConnect: false }));
        Assert.Single(entries.Select(entry => entry!.User!.Id).Distinct());
        Assert.NotEqual(2, without.Count(entry => entry is { Refusal: null, MustConnect: false }));
    }

    // Whoever fails for what the other has done gets null.
    private async Task<List<WorkAccountEntry?>> AtOnceAsync(WorkPerson person, Func<Func<Task<WorkAccountEntry>>, Task<WorkAccountEntry>> how)
    {
        var entries = new System.Collections.Concurrent.ConcurrentBag<WorkAccountEntry?>();
        var facts = new WorkAccountFacts(person.Subject, null, person.Email, person.Name, person.Groups, HasTooMany: false, null);
        await Gate.MeetAsync(app.Database, "staff_users", 2, async () =>
        {
            try
            {
                entries.Add(await how(() => app.WithAsync((EnterByWorkAccount enter) => enter.RunAsync(facts, Ct))));
            }
            catch (DbUpdateException)
            {
                entries.Add(null);
            }
        });
        return [.. entries];
    }

    private async Task<(string Email, TestBrowser Browser)> EnrolAsync() => await EnrolWithAppAsync() is var (email, browser, _) ? (email, browser) : default;

    private async Task<(string Email, TestBrowser Browser, TestAuthenticator App)> EnrolWithAppAsync()
    {
        var (email, browser) = (await app.AddStaffAsync(), app.Browse());
        var setUp = await browser.SignInAsync(email, StaffDoor.Password);
        var authenticator = new TestAuthenticator(setUp, app.Clock);
        await (await authenticator.ConfirmAsync(setUp)).FollowAsync("I have kept them, continue");
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        return (email, browser, authenticator);
    }

    private async Task<(string Email, TestBrowser Site, WorkBrowser Browser)> WorkEnrolAsync()
    {
        var (email, browser) = (await app.AddStaffAsync(), app.Work());
        var setUp = await browser.Site.SignInAsync(email, StaffDoor.Password);
        await (await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp)).FollowAsync("I have kept them, continue");
        return (email, browser.Site, browser);
    }

    private static Task<TestPage> CodeAsync(TestAuthenticator authenticator, TestPage asked) => asked.SubmitAsync(form => form["Code"] = authenticator.NextCode());

    private async Task<WorkPerson> WorkPersonAsync(string email, params string[] groups) => await app.Provider.SayAsync((await app.Provider.AddAsync(groups)) with { Email = email });

    private async Task<int> ConnectedAsync(string email)
    {
        var id = await app.IdAsync(email);
        return await app.WithAsync((TrainingHubDb db) => db.StaffWorkAccounts.CountAsync(account => account.StaffUserId == id, Ct));
    }
}
