using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TrainingHub.Attendance;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.BrowserTests.Attendance;

/// <summary>The register at the door on a phone with one bar of signal, or none.</summary>
public sealed class DoorTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private static readonly string[] Names = ["Amina Okafor", "Priya Sharma", "Tom Rees"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_ConnectionIsLost_KeepsTapsAndSendsThemWhenItIsBack()
    {
        var (date, visit) = await OpenAsync();
        await using var _ = visit;
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.Page.Context.SetOfflineAsync(true);
        foreach (var name in Names)
        {
            await visit.PressAsync($"Here – {name}");
        }

        await visit.PressAsync($"Absent – {Names[2]}");
        await visit.ReadAsync("3 marks not sent yet");
        await visit.ReadAsync("0 to mark. 2 here, 0 in part, 1 absent.");
        await visit.AssertAccessibleAsync();
        Assert.Empty(await MarksAsync(date));
        await visit.Page.Context.SetOfflineAsync(false);

        await Assertions.Expect(visit.Page.Locator("[data-door-state]")).ToBeHiddenAsync(new() { Timeout = 15000 });
        await AssertMarksAsync(date, [Mark.Attended, Mark.Attended, Mark.Absent]);
    }

    [Fact]
    public async Task Register_ReloadedWithTapsThatWait_StillSendsThem()
    {
        var (date, visit) = await OpenAsync();
        await using var _ = visit;
        await visit.Page.RouteAsync("**/*handler=Mark*", route => route.AbortAsync());
        await visit.PressAsync($"Here – {Names[0]}");
        await visit.ReadAsync("1 mark not sent yet");

        await visit.Page.UnrouteAllAsync();
        await visit.Page.ReloadAsync();

        await Assertions.Expect(visit.Page.Locator("[data-door-state]")).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Here – {Names[0]}" })).ToHaveAttributeAsync("aria-pressed", "true");
        await AssertMarksAsync(date, [Mark.Attended]);
    }

    [Fact]
    public async Task Codes_ScannedOverASlowConnection_MarkEverybodyWithOnePressEach()
    {
        var (date, visit) = await OpenAsync();
        await using var _ = visit;
        await SlowAsync(visit.Page);

        foreach (var place in date.Run.Places)
        {
            await visit.GoAsync(await new DoorWorld(site.App).CodeAsync(place));
            await visit.PressAsync("Mark as here");
            await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("is here", new() { Timeout = 20000 });
        }

        await visit.AssertAccessibleAsync();
        await AssertMarksAsync(date, [Mark.Attended, Mark.Attended, Mark.Attended]);
    }

    /// <summary>The camera and the browser's reader stand in; what is done with a code is the page's own.</summary>
    [Fact]
    public async Task Codes_ScannedOnTheRegister_MarkOneAfterTheOtherWithoutAPress()
    {
        var (date, visit) = await OpenAsync(
            """
            window.seen = [];
            window.BarcodeDetector = class { async detect() { return window.seen.splice(0, 1).map((rawValue) => ({ rawValue })); } };
            const canvas = document.createElement("canvas");
            navigator.mediaDevices.getUserMedia = async () => (canvas.getContext("2d"), canvas.captureStream());
            """);
        await using var _ = visit;
        await visit.PressAsync("Scan codes");

        foreach (var place in date.Run.Places)
        {
            await visit.Page.EvaluateAsync("code => window.seen.push(location.origin + code)", await new DoorWorld(site.App).CodeAsync(place));
        }

        await visit.ReadAsync("✓ Tom Rees is here.");
        await visit.ReadAsync("0 to mark. 3 here");
        await Assertions.Expect(visit.Page.Locator("[data-door-state]")).ToBeHiddenAsync();
        await AssertMarksAsync(date, [Mark.Attended, Mark.Attended, Mark.Attended]);
        await visit.AssertAccessibleAsync();
    }

    /// <summary>Style and script come at once: a published site lets the phone keep them, which has been signed in there.</summary>
    private static async Task SlowAsync(IPage page)
    {
        await page.RouteAsync("**/*.{css,js,ico,svg,png,webmanifest}", async route => await route.FulfillAsync(new() { Response = await route.FetchAsync() }));
        await (await Devtools.OfAsync(page)).SlowAsync();
    }

    private async Task<(DoorDate Date, Visit Visit)> OpenAsync(string? before = null)
    {
        var date = await new DoorWorld(site.App).DateAsync(names: Names);
        var visit = await site.OpenAsync();
        if (before is not null)
        {
            await visit.Page.AddInitScriptAsync(before);
        }

        await visit.GoAsync($"/sign-in?ReturnUrl={date.Url}");
        await visit.FillAsync("Email address", date.Trainer);
        await visit.Page.Locator("input[type=password]").FillAsync(StaffDoor.Password);
        await visit.PressAsync("Sign in");
        await visit.ArriveAsync(path => path == date.Url);
        return (date, visit);
    }

    /// <summary>A tap shows before it is saved, so the database is asked until it agrees.</summary>
    private async Task AssertMarksAsync(DoorDate date, Mark[] wanted)
    {
        var deadline = DateTime.UtcNow.AddSeconds(15);
        List<Mark> marks;
        while (!(marks = await MarksAsync(date)).SequenceEqual(wanted) && DateTime.UtcNow < deadline)
        {
            await Task.Delay(100, Ct);
        }

        Assert.Equal(wanted, marks);
    }

    private async Task<List<Mark>> MarksAsync(DoorDate date)
    {
        var marks = await site.App.WithAsync((TrainingHubDb db) => db.AttendanceMarks.Where(mark => date.Run.Places.Contains(mark.PlaceId)).ToListAsync(Ct));
        return [.. date.Run.Places.SelectMany(place => marks.Where(mark => mark.PlaceId == place)).Select(mark => mark.Mark)];
    }
}
