using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Accounts of staff by screen: from the form of a coordinator to the first sign-in, and to the end.</summary>
public sealed class StaffAccountTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Chosen = "harbour biscuit 47 umbrella";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_ByScreen_IsSignedInByTheEmailedLinkOnce()
    {
        var coordinator = await app.BrowseAsStaffAsync();
        var email = Address();

        var added = await (await coordinator.GetAsync("/staff/staff")).SubmitAsync(form => (form["Form.Name"], form["Form.Email"], form["Form.Roles"]) = ("Nia Newcomer", email, "BookingOfficer"));
        var twice = await added.SubmitAsync(form => (form["Form.Name"], form["Form.Email"], form["Form.Roles"]) = ("Nia Newcomer", email, "BookingOfficer"));
        var link = await LinkAsync(email);
        var browser = app.Browse();
        var choose = await browser.GetAsync(link);
        var weak = await choose.SubmitAsync(form => form["Wanted"] = "Safeguarding2026!");
        var signedIn = await weak.SubmitAsync(form => form["Wanted"] = Chosen);
        var again = await app.Browse().GetAsync(link);
        var list = await coordinator.GetAsync("/staff/staff");

        Assert.Contains("password not chosen yet", added.Main);
        Assert.DoesNotContain(link.Split('/')[^1], added.Text);
        Assert.NotEmpty(twice.Errors);
        Assert.Equal("Choose your password", choose.Heading);
        Assert.DoesNotContain(link.Split('/')[^1], choose.Address);
        Assert.StartsWith("Use less common words", Assert.Single(weak.Errors));
        Assert.Equal("/staff", signedIn.Address);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(choose.Address)).Status);
        Assert.Contains("Nia Newcomer", list.Main);
        Assert.DoesNotContain("password not chosen yet", list.Find($"tr:has(a[href$='{await IdAsync(email)}'])").TextContent);
        Assert.Contains("Signed in", list.Find($"tr:has(a[href$='{await IdAsync(email)}'])").TextContent);
        Assert.Equal("/staff", (await app.Browse().SignInAsync(email, Chosen)).Address);
        Assert.Equal(HttpStatusCode.Forbidden, (await signedIn.Browser.GetAsync("/staff/staff")).Status);
    }

    [Fact]
    public async Task SendLink_ToSomebodyWhoIsSignedIn_EndsPasswordSessionsAndEarlierLinks()
    {
        var coordinator = await app.BrowseAsStaffAsync();
        var email = await app.AddStaffAsync([StaffRole.BookingOfficer]);
        var theirs = app.Browse();
        await theirs.SignInAsync(email, StaffDoor.Password);
        var page = await coordinator.GetAsync($"/staff/staff/{await IdAsync(email)}");

        var sent = await page.SubmitAsync(selector: "form[action*='handler=Link']");
        var first = await LinkAsync(email);
        await sent.SubmitAsync(selector: "form[action*='handler=Link']");

        Assert.StartsWith("/sign-in", (await theirs.GetAsync("/staff")).Address);
        Assert.Equal("/sign-in", (await app.Browse().SignInAsync(email, StaffDoor.Password)).Address);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(first)).Status);
        Assert.Contains("Link to choose a password sent by Ann Coordinator", sent.Main);
        app.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(await LinkAsync(email))).Status);
    }

    [Fact]
    public async Task Close_ByScreen_EndsItAndOpensAgainByALink()
    {
        var coordinator = await app.BrowseAsStaffAsync();
        var email = await app.AddStaffAsync([StaffRole.BookingOfficer]);
        var theirs = app.Browse();
        await theirs.SignInAsync(email, StaffDoor.Password);

        var closed = await (await coordinator.GetAsync($"/staff/staff/{await IdAsync(email)}")).SubmitAsync(selector: "form[action*='handler=Close']");
        var ended = await theirs.GetAsync("/staff");
        await closed.SubmitAsync(selector: "form[action*='handler=Link']");
        var choose = await app.Browse().GetAsync(await LinkAsync(email));

        Assert.Contains("Account closed by Ann Coordinator", closed.Main);
        Assert.StartsWith("/sign-in", ended.Address);
        Assert.Equal("Choose your password", choose.Heading);
    }

    [Fact]
    public async Task Close_OneselfOrTheLastAdministrator_IsRefused()
    {
        var email = await app.AddStaffAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, StaffDoor.Password);
        var own = await browser.GetAsync($"/staff/staff/{await IdAsync(email)}");
        await app.AddStaffAsync([StaffRole.BookingOfficer]);
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email != email).ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, new List<StaffRole> { StaffRole.BookingOfficer }), Ct));

        var last = await CloseAsync(email, new(Guid.NewGuid(), "Somebody"));
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email != email).ExecuteUpdateAsync(set => set.SetProperty(user => user.ClosedAt, app.Clock.Now), Ct));

        Assert.DoesNotContain("Close the account", own.Main);
        Assert.Equal(CloseStaffRefusal.LastAdministrator, last);
        Assert.Equal(CloseStaffRefusal.LastOne, await CloseAsync(email, new(Guid.NewGuid(), "Somebody")));
        Assert.Equal(CloseStaffRefusal.Oneself, await CloseAsync(email, new(await IdAsync(email), "Self")));
        Assert.Equal(CloseStaffRefusal.Unknown, await CloseAsync("nobody@partnership.example", Actor.CommandLine));
    }

    [Fact]
    public async Task Sessions_OneOfTwo_IsEndedAloneAndTheNameIsOnesOwn()
    {
        var coordinator = await app.BrowseAsStaffAsync();
        var email = await app.AddStaffAsync([StaffRole.BookingOfficer]);
        var (desk, phone) = (app.Browse(), app.Browse());
        await desk.SignInAsync(email, StaffDoor.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await phone.SignInAsync(email, StaffDoor.Password);

        var after = await (await coordinator.GetAsync($"/staff/staff/{await IdAsync(email)}")).SubmitAsync(selector: "form[action*='handler=End']");
        var renamed = await (await desk.GetAsync("/staff/account")).SubmitAsync(form => form["Name"] = "Noor Newname", "form:has([name=Name])");

        Assert.Contains("Signed out of one browser by Ann Coordinator", after.Main);
        Assert.StartsWith("/sign-in", (await phone.GetAsync("/staff")).Address);
        Assert.Equal("/sign-in", renamed.Address);
        Assert.Contains("Noor Newname", (await app.Browse().SignInAsync(email, StaffDoor.Password)).Text);
    }

    private static string Address() => $"new-{Guid.NewGuid():N}@partnership.example";

    private Task<CloseStaffRefusal?> CloseAsync(string email, Actor by) => app.WithAsync((CloseStaff close) => close.RunAsync(email, by, Ct));

    private Task<Guid> IdAsync(string email) => app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));

    private async Task<string> LinkAsync(string email)
    {
        await using var command = app.Database.CreateCommand(
            "select substring(model ->> 'Url' from 'https?://[^/]+(.*)') from outgoing_emails where to_address = $1 and kind in ('staff-invited', 'staff-password-link') order by id desc limit 1");
        command.Parameters.AddWithValue(email);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
