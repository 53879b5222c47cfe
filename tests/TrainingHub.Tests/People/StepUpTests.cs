using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Files, money, accounts and concerns ask for the password again ten minutes after the last proof.</summary>
public sealed class StepUpTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Heading = "Confirm that it is you";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_TenMinutesAfterSignIn_AsksFirstAndLeadsBackToTheList()
    {
        var (browser, email) = await SignInAsync();
        Assert.Equal("text/csv", (await browser.GetAsync("/staff/people?q=a&file=csv")).Response.Content.Headers.ContentType?.MediaType);
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        var asked = await browser.GetAsync("/staff/people?q=a&file=csv");
        var wrong = await asked.SubmitAsync(form => form["Password"] = "not my password");
        var nothing = await wrong.SubmitAsync(form => form["Password"] = "");
        var back = await nothing.SubmitAsync(form => form["Password"] = StaffDoor.Password);

        Assert.Equal(Heading, asked.Heading);
        Assert.Equal(["That is not your password"], wrong.Errors);
        Assert.Equal(["Enter your password"], nothing.Errors);
        Assert.DoesNotContain("not my password", wrong.Text);
        Assert.Equal("/staff/people?q=a", back.Address);
        Assert.Contains("You can download the file now.", back.Main);
        Assert.Equal("text/csv", (await browser.GetAsync("/staff/people?q=a&file=csv")).Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["Identity confirmed: ", "Identity not confirmed: The password was wrong"], (await ActsAsync(email)).Order());
    }

    [Fact]
    public async Task Report_TenMinutesAfterSignIn_AsksFirstAndLeadsBackToItsPage()
    {
        var (browser, _) = await SignInAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        var asked = await browser.GetAsync("/staff/reports/programme.csv");
        var back = await ConfirmAsync(asked);

        Assert.Equal(Heading, asked.Heading);
        Assert.Equal("/staff/reports/programme", back.Address);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff/reports/programme.csv")).Status);
    }

    [Fact]
    public async Task Roles_TenMinutesAfterSignIn_AreKeptAndDoneOnlyWhenSentAgain()
    {
        var (browser, _) = await SignInAsync();
        var colleague = await app.AddStaffAsync([StaffRole.BookingOfficer]);
        var form = await browser.GetAsync($"/staff/staff/{await IdAsync(colleague)}");
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        var asked = await form.SubmitAsync(fields => fields["Form.Roles"] = "Finance", "form[action*='handler=Roles']");
        var shown = await ConfirmAsync(asked);
        var before = await RolesAsync(colleague);
        var saved = await shown.SubmitAsync(selector: "form[action*='handler=Roles']");

        Assert.Equal(Heading, asked.Heading);
        Assert.Contains("nothing has been done with it yet", asked.Main);
        Assert.Contains("Thank you. Here is what you sent: check and send it again.", shown.Main);
        Assert.True(shown.Find("[name='Form.Roles'][value=Finance]").HasAttribute("checked"));
        Assert.False(shown.Find("[name='Form.Roles'][value=BookingOfficer]").HasAttribute("checked"));
        Assert.Equal([StaffRole.BookingOfficer], before);
        Assert.Contains("Saved.", saved.Main);
        Assert.Equal([StaffRole.Finance], await RolesAsync(colleague));
    }

    [Fact]
    public async Task Proof_InOneBrowser_OpensNothingInAnother()
    {
        var (desk, email) = await SignInAsync();
        var phone = app.Browse();
        await phone.SignInAsync(email, StaffDoor.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        await ConfirmAsync(await desk.GetAsync("/staff/dates?file=csv"));

        Assert.Equal(Heading, (await phone.GetAsync("/staff/dates?file=csv")).Heading);
    }

    [Fact]
    public async Task Proof_OfASessionFromBefore_IsAskedForAtOnce()
    {
        var (browser, _) = await SignInAsync();
        await app.WithAsync((TrainingHubDb db) => db.StaffSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvedAt, (DateTimeOffset?)null), Ct));

        Assert.Equal(Heading, (await browser.GetAsync("/staff/dates?file=csv")).Heading);
    }

    [Fact]
    public async Task Password_WrongTenTimes_IsNotLookedAtAnyMore()
    {
        var (browser, email) = await SignInAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        var page = await browser.GetAsync("/staff/dates?file=csv");
        for (var i = 0; i < 10; i++)
        {
            page = await page.SubmitAsync(form => form["Password"] = $"guess {i}");
        }

        var right = await page.SubmitAsync(form => form["Password"] = StaffDoor.Password);

        Assert.Equal(["Too many tries: wait 15 minutes, then try again"], right.Errors);
        Assert.Equal(10, (await ActsAsync(email)).Count(act => act == "Identity not confirmed: The password was wrong"));
        Assert.Contains("Identity not confirmed: There were too many tries", await ActsAsync(email));
        Assert.Equal("/staff", (await app.Browse().SignInAsync(email, StaffDoor.Password)).Address);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/staff")]
    [InlineData("/sign-out")]
    [InlineData("/\\evil.example")]
    public async Task Back_OutsideTheStaffSide_LeadsToToday(string wanted)
    {
        var (browser, _) = await SignInAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        var back = await ConfirmAsync(await browser.GetAsync("/staff/confirm?ReturnUrl=" + Uri.EscapeDataString(wanted)));

        Assert.Equal("/staff", back.Address);
    }

    [Fact]
    public async Task Identity_TenMinutesAfterSignIn_AsksAndCommentsDoNot()
    {
        var (browser, _) = await SignInAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("/staff/surveys/comments", (await browser.GetAsync("/staff/surveys/comments")).Address);
        Assert.Equal("/staff/surveys/concerns", (await browser.GetAsync("/staff/surveys/comments?show=concerns")).Address);
        Assert.Equal(Heading, (await browser.GetAsync($"/staff/surveys/concerns/{Guid.NewGuid()}/identity")).Heading);
        Assert.Equal(Heading, (await browser.GetAsync("/staff/people/merge")).Heading);
    }

    [Fact]
    public async Task Demonstration_OneClick_IsProofEnough()
    {
        var (browser, email) = await SignInAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        var back = await (await browser.GetAsync("/staff/people?file=csv")).SubmitAsync(selector: "form[action*='handler=Demo']");

        Assert.Equal("/staff/people", back.Address);
        Assert.Equal("Identity confirmed by a click, in the demonstration: ", Assert.Single(await ActsAsync(email)));
    }

    [Fact]
    public async Task Production_ByAClick_ProvesNothing()
    {
        await using var production = await ProductionApp.StartAsync(app.ConnectionString);
        var browser = await production.BrowseAsStaffAsync();
        production.Clock.Advance(TimeSpan.FromMinutes(10));
        var asked = await browser.GetAsync("/staff/people?file=csv");

        var clicked = await browser.PostAsync("/staff/confirm?handler=Demo", asked.Fields(_ => { }));

        Assert.Empty(asked.All("form[action*='handler=Demo']"));
        Assert.Equal(HttpStatusCode.NotFound, clicked.Status);
        Assert.Equal(Heading, (await browser.GetAsync("/staff/people?file=csv")).Heading);
    }

    private async Task<(TestBrowser Browser, string Email)> SignInAsync()
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync());
        await browser.SignInAsync(email, StaffDoor.Password);
        return (browser, email);
    }

    private static Task<TestPage> ConfirmAsync(TestPage asked) => asked.SubmitAsync(form => form["Password"] = StaffDoor.Password);

    private Task<Guid> IdAsync(string email) => app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));

    private Task<List<StaffRole>> RolesAsync(string email) => app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Roles).SingleAsync(Ct));

    private async Task<List<string>> ActsAsync(string email)
    {
        var id = await IdAsync(email);
        return await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.Where(entry => entry.RecordId == id && entry.Act.StartsWith("Identity"))
            .OrderBy(entry => entry.At).ThenBy(entry => entry.Id).Select(entry => entry.Act + ": " + (entry.Note ?? "")).ToListAsync(Ct));
    }
}
