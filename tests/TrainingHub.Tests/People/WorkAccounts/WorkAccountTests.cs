using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Signing in with a work account: whose account it is, what it is for, and who is not let in.</summary>
public sealed class WorkAccountTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_FirstTimeWithAGroup_OpensAnAccountWithItsRolesAndLeadsBack()
    {
        var (browser, person) = (app.Work(), await app.Provider.AddAsync("coordinators", "money", "unknown here"));
        var door = await browser.Site.GetAsync("/sign-in?ReturnUrl=%2Fstaff%2Fdates");

        var page = await browser.SignInAsync(person, "?ReturnUrl=%2Fstaff%2Fdates");

        Assert.Equal("/sign-in/work-account?ReturnUrl=%2Fstaff%2Fdates", door.Find("a[role=button]").GetAttribute("href"));
        Assert.Equal("/staff/dates", page.Address);
        var user = (await app.UserAsync(person.Email))!;
        Assert.Equal(("Wanda Worker", null), (user.Name, user.PasswordHash));
        Assert.Equal([StaffRole.Coordinator, StaffRole.Finance], user.Roles);
        Assert.Equal(["Wanda Worker: Signed in: With a work account", "Work account: Account opened"], await app.HistoryAsync(user.Id));
        Assert.Equal("/staff", (await browser.Site.GetAsync("/sign-in")).Address);
        Assert.Equal(HttpStatusCode.OK, (await browser.Site.GetAsync("/staff/people?file=csv")).Status);
    }

    [Fact]
    public async Task SignIn_Again_IsTheSameAccountWithTheRolesOfToday()
    {
        var (first, person) = await app.SignInAsync("coordinators");
        var id = await app.IdAsync(person.Email);
        await app.Provider.SayAsync(person with { Groups = ["dorset-group"], Email = "another-address@council.example" });

        var page = await app.Work().SignInAsync(person);

        Assert.Equal("/staff/reports/impact", page.Address);
        var user = (await app.UserAsync(person.Email))!;
        Assert.Equal((id, 2), (user.Id, user.AreaIds.Count));
        Assert.Equal([StaffRole.LearningGroup], user.Roles);
        Assert.Contains("Work account: Roles changed", await app.HistoryAsync(id));
        Assert.StartsWith("/sign-in", (await first.Site.GetAsync("/staff/dates")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_GroupsFromAppRoles_CountAlike()
    {
        var person = await app.Provider.AddAsync();
        await app.Provider.SayAsync(person, ("roles", new[] { "MONEY" }));

        Assert.Equal("/staff", (await app.Work().SignInAsync(person)).Address);
        Assert.Equal([StaffRole.Finance], (await app.UserAsync(person.Email))!.Roles);
    }

    [Fact]
    public async Task SignIn_NoGroupWithARole_IsRefusedWithAWordOnWhomToAsk()
    {
        var (browser, person) = (app.Work(), await app.Provider.AddAsync("gardeners"));

        var page = await browser.SignInAsync(person);

        Assert.Equal("Your work account has no role here", page.Heading);
        Assert.Contains("Ask an administrator of this site, or your IT team", page.Main);
        Assert.Null(await app.UserAsync(person.Email));
        Assert.Contains("somebody not signed in: Sign-in refused: Work account: no group has a role here", await app.HistoryAsync(Guid.Empty));
        Assert.StartsWith("/sign-in", (await browser.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_KnownPersonWithoutAGroup_IsRefusedAndItStandsInTheirHistory()
    {
        var (_, person) = await app.SignInAsync("money");
        await app.Provider.SayAsync(person with { Groups = [] });

        var page = await app.Work().SignInAsync(person);

        Assert.Equal("Your work account has no role here", page.Heading);
        Assert.Contains("somebody not signed in: Sign-in refused: Work account: no group has a role here", await app.HistoryAsync(await app.IdAsync(person.Email)));
        Assert.Equal([StaffRole.Finance], (await app.UserAsync(person.Email))!.Roles);
    }

    [Theory]
    [InlineData("hasgroups", "true")]
    [InlineData("_claim_names", """{"groups":"src1"}""")]
    public async Task SignIn_MoreGroupsThanTheTokenHolds_SaysWhatItIsToDo(string claim, string value)
    {
        var person = await app.Provider.AddAsync();
        await app.Provider.SayAsync(person, ("groups", null));
        await app.Provider.FaultAsync(new { claims = new Dictionary<string, JsonElement> { [claim] = JsonDocument.Parse(value).RootElement } });

        var page = await app.Work().SignInAsync(person);

        await app.Provider.FaultAsync();
        Assert.Equal("Your groups could not be read", page.Heading);
        Assert.Contains("let the groups claim hold “Groups assigned to the application”", page.Main);
    }

    [Fact]
    public async Task SignIn_ClosedAccount_StaysClosed()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        Assert.Null(await app.WithAsync((CloseStaff close) => close.RunAsync(person.Email, Actor.CommandLine, Ct)));

        var page = await app.Work().SignInAsync(person);
        var another = await app.Provider.AddAsync("coordinators");
        await app.Provider.SayAsync(another with { Email = person.Email });

        Assert.Equal("Your account is closed", page.Heading);
        Assert.Equal("Your account is closed", (await app.Work().SignInAsync(another)).Heading);
        Assert.NotNull((await app.UserAsync(person.Email))!.ClosedAt);
    }

    [Fact]
    public async Task SignIn_AddressOfAnotherWorkAccountsPerson_TakesNothingOver()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        var another = await app.Provider.AddAsync("administrators");
        await app.Provider.SayAsync(another with { Email = person.Email.ToUpperInvariant() });

        var page = await app.Work().SignInAsync(another);

        Assert.Equal("Another work account is connected", page.Heading);
        Assert.Equal([StaffRole.Coordinator], (await app.UserAsync(person.Email))!.Roles);
    }

    [Fact]
    public async Task SignIn_NoRefreshToken_IsRefused()
    {
        var person = await app.Provider.AddAsync("coordinators");
        await app.Provider.FaultAsync(new { noRefreshToken = true });

        var page = await app.Work().SignInAsync(person);

        await app.Provider.FaultAsync();
        Assert.Contains("Allow the scope “offline_access”", page.Main);
        Assert.Null(await app.UserAsync(person.Email));
    }

    [Fact]
    public async Task SignIn_NoAddress_IsRefusedWithWordsForIt()
    {
        var person = await app.Provider.AddAsync("coordinators");
        await app.Provider.SayAsync(person, ("email_verified", false));

        Assert.Contains("The id token needs the claim “email”", (await app.Work().SignInAsync(person)).Main);
    }

    [Fact]
    public async Task SignIn_LastAdministrator_KeepsTheRole()
    {
        var (_, person) = await app.SignInAsync("administrators", "coordinators");
        var id = await app.IdAsync(person.Email);
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Id != id && user.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(user => user.ClosedAt, app.Clock.Now), Ct));
        await app.Provider.SayAsync(person with { Groups = ["money"] });

        Assert.Equal("/staff", (await app.Work().SignInAsync(person)).Address);

        Assert.Equal([StaffRole.Coordinator, StaffRole.Administrator], (await app.UserAsync(person.Email))!.Roles);
        Assert.Contains("Work account: Roles not changed: The groups say Finance, but nobody else would be left to look after accounts or to read comments", await app.HistoryAsync(id));
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.ClosedAt == app.Clock.Now).ExecuteUpdateAsync(set => set.SetProperty(user => user.ClosedAt, (DateTimeOffset?)null), Ct));
    }

    [Fact]
    public async Task Roles_OfAConnectedAccount_AreNotForAdministratorsToChange()
    {
        var (_, person) = await app.SignInAsync("coordinators");
        var (administrator, _) = await app.SignInAsync("administrators");
        var id = await app.IdAsync(person.Email);

        var page = await administrator.Site.GetAsync($"/staff/staff/{id}");
        Assert.Empty(page.All("form[action*='handler=Roles']"));
        Assert.Contains("Its groups say what the account is for: change them there.", page.Main);
        Assert.Equal(RolesRefusal.FromWorkAccount, await app.WithAsync((SetStaffRoles set) => set.RunAsync(id, [StaffRole.Administrator], [], Actor.CommandLine, Ct)));
        Assert.Contains("Disconnect the work account", page.Main);
    }

    [Fact]
    public async Task ReturnUrl_OfAnotherSite_LeadsToToday()
    {
        var person = await app.Provider.AddAsync("coordinators");

        Assert.Equal("/staff", (await app.Work().SignInAsync(person, "?ReturnUrl=https%3A%2F%2Fevil.example%2F")).Address);
    }

    [Fact]
    public async Task SignOut_AfterAWorkAccount_GoesOnToTheProviderWithItsToken()
    {
        var (browser, person) = await app.SignInAsync("coordinators");

        var page = await (await browser.Site.GetAsync("/sign-out")).SubmitAsync();

        var next = page.Find("meta[http-equiv=refresh]").GetAttribute("content")!;
        Assert.StartsWith($"0;url={app.Provider.Issuer}/session/end?", next, StringComparison.Ordinal);
        Assert.Contains("id_token_hint=", next);
        Assert.Contains("post_logout_redirect_uri=https%3A%2F%2Flocalhost%2Fsign-in", next);
        Assert.Equal(0, await app.SessionsAsync(person.Email));
        Assert.StartsWith("/sign-in", (await browser.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
    }
}
