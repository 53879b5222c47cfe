using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.Attendance;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Whoever is signed in and tries what is not theirs leaves a line in the history, and no more than a few.</summary>
public sealed class RefusedActsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithoutTheRight_LeavesALineAnHourForReadingAndOneForSending()
    {
        var (browser, id) = await SignInAsync(StaffRole.Finance);

        for (var tried = 0; tried < 3; tried++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/staff/surveys/comments?q=canary")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/staff/surveys/comments", [new("Reason", "canary")])).Status);
        }

        Assert.Equal(
            [
                "Page refused: Tried to open /staff/surveys/comments. Their roles do not allow it",
                "Page refused: Tried to send a form to /staff/surveys/comments. Their roles do not allow it",
            ],
            await LinesAsync(id));
        app.Clock.Advance(RefusedActs.LinesOfKind.Within);
        await app.WithAsync((RefusedActs refused) => refused.OfPageAsync(new(id, "Ann"), "GET", "staff/surveys/comments", Ct));
        Assert.Equal(3, (await LinesAsync(id)).Count);
    }

    [Fact]
    public async Task Handler_ThatNeedsAnotherRight_LeavesALine()
    {
        var (browser, id) = await SignInAsync(StaffRole.BookingOfficer);
        var token = (await browser.GetAsync("/staff/account")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;

        var refused = await browser.PostAsync("/staff/bookings/ABCDEFGH?handler=PaidBack", [new("__RequestVerificationToken", token)]);

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(["Page refused: Tried to send a form to /staff/bookings/{reference}. Their roles do not allow it"], await LinesAsync(id));
    }

    [Fact]
    public async Task Trainer_AnothersDateAndOneThatThereIsNot_LeaveTheSameWords()
    {
        var world = new DoorWorld(app);
        var (own, foreign) = (await world.DateAsync(), await world.DateAsync(names: ["Tom Rees"]));
        var trainer = await world.TrainerAsync(own);
        var nowhere = Guid.NewGuid();

        await trainer.GetAsync(foreign.Url);
        var first = await LinesAsync(own.By.Id);
        var other = await world.DateAsync();
        await (await world.TrainerAsync(other)).GetAsync($"/staff/door/{nowhere}");
        var second = await LinesAsync(other.By.Id);

        Assert.Equal([$"Record refused: Tried to open /staff/door/{{run:guid}}. It is not theirs, or there is none: {foreign.Id}"], first);
        Assert.Equal([$"Record refused: Tried to open /staff/door/{{run:guid}}. It is not theirs, or there is none: {nowhere}"], second);
    }

    [Fact]
    public async Task Trainer_CodeOfAnothersDelegate_LeavesALineWithoutTheCode()
    {
        var world = new DoorWorld(app);
        var (own, foreign) = (await world.DateAsync(), await world.DateAsync(names: ["Tom Rees"]));
        var code = await world.CodeAsync(foreign.Run.Places[0]);

        await (await world.TrainerAsync(own)).GetAsync(code);

        var line = Assert.Single(await LinesAsync(own.By.Id));
        Assert.StartsWith("Record refused: Tried to open /here/{code}.", line, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Split('/')[^1], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_OnesOwnOrTheLastOnes_LeaveALineWithWhatWasAskedFor()
    {
        var (_, id) = await SignInAsync(StaffRole.Finance);
        var self = new Actor(id, "Self");

        Assert.Equal(RolesRefusal.Oneself, await app.WithAsync((SetStaffRoles set) => set.RunAsync(id, [StaffRole.Administrator], [], self, Ct)));
        Assert.Equal(RolesRefusal.Incomplete, await SetByAnotherAsync());

        Assert.Equal(["Roles not changed: Nobody changes their own roles. Asked for: Administrator"], await LinesAsync(id));
        Assert.Equal([StaffRole.Finance], await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Id == id).Select(user => user.Roles).SingleAsync(Ct)));

        Task<RolesRefusal?> SetByAnotherAsync() => app.WithAsync((SetStaffRoles set) => set.RunAsync(id, [], [], Actor.CommandLine, Ct));
    }

    [Fact]
    public async Task Flood_OverManyPages_LeavesThirtyLinesAnHour()
    {
        var (_, id) = await SignInAsync(StaffRole.Finance);

        await Task.WhenAll(Enumerable.Range(0, RefusedActs.LinesOfAccount.Most + 15).Select(number =>
            app.WithAsync((RefusedActs refused) => refused.OfPageAsync(new(id, "Ann"), "GET", $"staff/page-{number}", Ct))));

        Assert.Equal(RefusedActs.LinesOfAccount.Most, (await LinesAsync(id)).Count);
    }

    [Fact]
    public async Task Line_OfARefusal_IsOnTheAccountsPageAndInTheList()
    {
        var (browser, id) = await SignInAsync(StaffRole.SafeguardingLead);
        await browser.GetAsync("/staff/invoices");
        var admin = await app.BrowseAsStaffAsync();

        Assert.Contains("Tried to open /staff/invoices. Their roles do not allow it", (await admin.GetAsync($"/staff/staff/{id}")).Main, StringComparison.Ordinal);
        Assert.Contains("Page refused", (await admin.GetAsync("/staff/history")).Main, StringComparison.Ordinal);
    }

    private async Task<(TestBrowser Browser, Guid Id)> SignInAsync(StaffRole role)
    {
        // The first account of all runs everything.
        await app.AddStaffAsync();
        var (browser, email) = (app.Browse(), await app.AddStaffAsync([role]));
        await browser.SignInAsync(email, StaffDoor.Password);
        return (browser, await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct)));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(Guid account)
    {
        string[] acts = [RefusedActs.Page, RefusedActs.Record, RefusedActs.Roles];
        var lines = await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.Where(entry => entry.RecordId == account && acts.Contains(entry.Act))
            .Select(entry => entry.Act + ": " + entry.Note).ToListAsync(Ct));
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
