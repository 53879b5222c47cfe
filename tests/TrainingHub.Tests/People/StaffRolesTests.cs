using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>What accounts are for: who says so, when it holds, and what somebody always must be able to do.</summary>
public sealed class StaffRolesTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Comments = "/staff/surveys/comments";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(StaffRole.Finance))]
    [InlineData(nameof(StaffRole.BookingOfficer))]
    [InlineData(nameof(StaffRole.Administrator))]
    public async Task Comments_WhoDoesNotReadThem_IsRefusedAndNotShown(string role)
    {
        await app.Given.CommentsAsync(CommentState.Concern, "Canary concern");
        await app.Given.CommentsAsync(CommentState.Unread, "Canary comment");
        var (coordinator, other) = (await app.BrowseAsStaffAsync(), await app.BrowseAsAsync([Enum.Parse<StaffRole>(role)]));

        Assert.Contains("Not acknowledged", (await coordinator.GetAsync(Comments + "?show=concerns")).Main);
        Assert.Contains("Canary comment", (await coordinator.GetAsync(Comments)).Main);
        Assert.Contains("survey comment", (await coordinator.GetAsync("/staff")).Main);
        foreach (var address in new[] { Comments, Comments + "?show=concerns", Comments + "?show=read" })
        {
            var refused = await other.GetAsync(address);
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            Assert.Contains("your account does not open this page", refused.Main);
            Assert.DoesNotContain("Canary", refused.Main);
        }

        Assert.DoesNotContain("survey comment", (await other.GetAsync("/staff")).Main);
        Assert.DoesNotContain("concern", (await other.GetAsync("/staff")).Main, StringComparison.OrdinalIgnoreCase);
        var concern = await app.WithAsync((TrainingHubDb db) => db.Concerns.Select(one => one.Id).FirstAsync(Ct));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(SurveyUrls.Concern(concern))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(SurveyUrls.Concern(concern))).Status);
    }

    [Fact]
    public async Task Roles_SetByScreen_HoldFromTheNextSignIn()
    {
        var (admin, browser) = (await app.BrowseAsStaffAsync(), app.Browse());
        var email = await app.AddStaffAsync([StaffRole.Finance]);
        await browser.SignInAsync(email, StaffDoor.Password);
        var page = await admin.GetAsync($"/staff/staff/{await IdAsync(email)}");

        var none = await page.SubmitAsync(form => form.Clear("Form.Roles"), RolesForm);
        var areas = await page.SubmitAsync(form => form["Form.Roles"] = "LearningGroup", RolesForm);
        var saved = await page.SubmitAsync(form => form["Form.Roles"] = "SafeguardingLead", RolesForm);

        Assert.Equal(["Choose what the account is for"], none.Errors);
        Assert.Equal(["Choose the areas whose results the learning group reads"], areas.Errors);
        Assert.Contains("Roles changed by Ann Coordinator", saved.Main);
        Assert.Contains("Safeguarding lead", saved.Main);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff/invoices")).Address);
        await browser.SignInAsync(email, StaffDoor.Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/staff/invoices")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Comments)).Status);
    }

    [Fact]
    public async Task Roles_OnesOwn_CannotBeChanged()
    {
        var email = await app.AddStaffAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, StaffDoor.Password);
        var id = await IdAsync(email);

        Assert.Empty((await browser.GetAsync($"/staff/staff/{id}")).All(RolesForm));
        Assert.Equal(RolesRefusal.Oneself, await SetAsync(id, [StaffRole.Finance], new Actor(id, "Self")));
    }

    [Fact]
    public async Task Roles_TheLastWhoLooksAfterAccountsOrReadsComments_Stays()
    {
        var email = await app.AddStaffAsync();
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email != email).ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, new List<StaffRole> { StaffRole.Finance }), Ct));
        var id = await IdAsync(email);

        Assert.Equal(RolesRefusal.LastAdministrator, await SetAsync(id, [StaffRole.Coordinator], Actor.CommandLine));
        Assert.Equal(RolesRefusal.LastReader, await SetAsync(id, [StaffRole.Administrator], Actor.CommandLine));
        Assert.Equal(RolesRefusal.Unknown, await SetAsync(Guid.NewGuid(), [StaffRole.Finance], Actor.CommandLine));
        Assert.Null(await SetAsync(id, [StaffRole.Administrator, StaffRole.SafeguardingLead], Actor.CommandLine));
    }

    // Without the lock each of two would be left to the other, and nobody would look after accounts.
    [Fact]
    public async Task Roles_TwoAdministratorsGiveUpAtOnce_OneStays()
    {
        var ids = new List<Guid> { await IdAsync(await app.AddStaffAsync()), await IdAsync(await app.AddStaffAsync()) };
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => !ids.Contains(user.Id)).ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, new List<StaffRole> { StaffRole.Finance }), Ct));

        var refusals = await Task.WhenAll(ids.Select(id => Task.Run(() => SetAsync(id, [StaffRole.Coordinator], Actor.CommandLine), Ct)));

        Assert.Equal(RolesRefusal.LastAdministrator, Assert.Single(refusals, refusal => refusal is not null));
    }

    [Fact]
    public async Task Account_AddedWhileNobodyLooksAfterThem_RunsEverything()
    {
        await app.WithAsync((TrainingHubDb db) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, new List<StaffRole> { StaffRole.Finance }), Ct));

        var (first, second) = (await app.AddStaffAsync([StaffRole.Finance]), await app.AddStaffAsync([StaffRole.Finance]));

        Assert.Equal(StaffUser.WhoIsAlone, await RolesAsync(first));
        Assert.Equal([StaffRole.Finance], await RolesAsync(second));
    }

    [Fact]
    public async Task LearningGroup_ReadsTheImpactOfItsAreasAndOfNoOther()
    {
        var areas = await app.WithAsync((TrainingHubDb db) => db.Areas.OrderBy(area => area.SortOrder).ToListAsync(Ct));
        var browser = await app.BrowseAsAsync([StaffRole.LearningGroup], areas[0].Id);

        var home = await browser.GetAsync("/staff");
        var other = await browser.GetAsync($"/staff/reports/impact?area={Uri.EscapeDataString(areas[1].Name)}");
        var all = await browser.GetAsync("/staff/reports/impact?year=");

        Assert.Equal("/staff/reports/impact", home.Address);
        Assert.Contains(areas[0].LongName, home.Find("main strong").TextContent);
        Assert.DoesNotContain(areas[1].LongName, home.Main);
        Assert.StartsWith("There is no area", Assert.Single(other.Errors));
        Assert.DoesNotContain(areas[1].LongName, other.Main);
        Assert.Equal(["Choose one of your areas"], all.Errors);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync($"/staff/reports/impact.csv?area={Uri.EscapeDataString(areas[1].Name)}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync("/staff/reports/impact.xlsx")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/staff/reports/impact.csv?area={Uri.EscapeDataString(areas[0].Name)}")).Status);
    }

    // A link that answers "not you" leads nowhere.
    [Theory]
    [InlineData(nameof(StaffRole.Finance))]
    [InlineData(nameof(StaffRole.BookingOfficer))]
    [InlineData(nameof(StaffRole.SafeguardingLead))]
    [InlineData(nameof(StaffRole.LearningGroup))]
    [InlineData(nameof(StaffRole.Administrator))]
    public async Task Links_OfEveryPageThatAPersonReaches_OpenForThem(string role)
    {
        var areas = await app.WithAsync((TrainingHubDb db) => db.Areas.OrderBy(area => area.SortOrder).Select(area => area.Id).Take(1).ToListAsync(Ct));
        await app.Given.RunAsync((await app.Given.CourseAsync()).Id, London.DateOf(app.Clock.Now).AddDays(9));
        var browser = await app.BrowseAsAsync([Enum.Parse<StaffRole>(role)], areas);
        var (waiting, seen, closed) = (new Queue<string>(["/staff"]), new HashSet<string> { "/staff" }, new List<string>());
        while (waiting.TryDequeue(out var address))
        {
            var page = await browser.GetAsync(address);
            if (page.Status == HttpStatusCode.Forbidden)
            {
                closed.Add(address);
            }

            foreach (var link in page.Document.QuerySelectorAll("a[href^='/staff']").Select(link => link.GetAttribute("href")!.Split('#', '?')[0]).Where(link => seen.Count < 80 && seen.Add(link)))
            {
                waiting.Enqueue(link);
            }
        }

        Assert.Empty(closed);
        Assert.True(seen.Count > 2, "Nothing was followed.");
    }

    private const string RolesForm = "form[action*='handler=Roles']";

    private Task<RolesRefusal?> SetAsync(Guid id, IReadOnlyCollection<StaffRole> roles, Actor by) => app.WithAsync((SetStaffRoles set) => set.RunAsync(id, roles, [], by, Ct));

    private Task<Guid> IdAsync(string email) => app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));

    private Task<List<StaffRole>> RolesAsync(string email) => app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Roles).SingleAsync(Ct));
}
