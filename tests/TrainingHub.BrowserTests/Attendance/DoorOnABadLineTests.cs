using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TrainingHub.Attendance;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.BrowserTests.Attendance;

/// <summary>How much a trainer's phone has to load, and a whole register of 24 people over 50 kbit/s that breaks off in the middle.</summary>
public sealed class DoorOnABadLineTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    /// <summary>What one page may load when the phone has nothing of it, in bytes as sent.</summary>
    private const int Most = 30_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, 24).Select(number => $"Delegate {(char)('A' + number)}. Longer-Surname")];

    // The camera and the browser's reader stand in; what is done with a code is the page's own.
    private const string Camera =
        """
        window.seen = [];
        window.BarcodeDetector = class { async detect() { return window.seen.splice(0, 1).map((rawValue) => ({ rawValue })); } };
        const canvas = document.createElement("canvas");
        navigator.mediaDevices.getUserMedia = async () => (canvas.getContext("2d"), canvas.captureStream());
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OnTheFirstVisit_LoadLessThanThirtyKilobytes()
    {
        var date = await new DoorWorld(site.App).DateAsync(names: Names, capacity: 30);
        await using var visit = await site.OpenAsync();
        var tools = await Devtools.OfAsync(visit.Page);
        await tools.ForgetAsync();
        List<(string Address, int Bytes)> loaded = [];
        await LoadAsync("/sign-in");
        await SignInAsync(visit, date);
        foreach (var address in new[] { "/staff/door", date.Url, date.Url + "/walk-in", await new DoorWorld(site.App).CodeAsync(date.Run.Places[0]) })
        {
            await LoadAsync(address);
        }

        var said = string.Join('\n', loaded.Select(page => string.Create(CultureInfo.InvariantCulture, $"{page.Address}: {page.Bytes:N0} bytes")));
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.All(loaded, page => Assert.True(page.Bytes is > 5_000 and < Most, said));

        async Task LoadAsync(string address)
        {
            await visit.Page.GotoAsync("about:blank");
            tools.Transferred();
            await visit.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            loaded.Add((address, tools.Transferred()));
        }
    }

    [Fact]
    public async Task TwentyFour_ByCodeOverABadLineThatBreaks_AreOnTheRegisterOnce()
    {
        var world = new DoorWorld(site.App);
        var date = await world.DateAsync(names: Names, capacity: 30);
        await using var visit = await site.OpenAsync();
        await visit.Page.AddInitScriptAsync(Camera);
        var tools = await Devtools.OfAsync(visit.Page);
        await visit.GoAsync("/sign-in?ReturnUrl=%2Fstaff%2Fdoor");
        await SignInAsync(visit, date);
        await tools.ForgetAsync();
        await tools.SlowAsync();
        var watch = Stopwatch.StartNew();
        await visit.GoAsync(date.Url);
        var opened = watch.Elapsed;
        await visit.PressAsync("Scan codes");

        for (var number = 0; number < Names.Length; number++)
        {
            switch (number)
            {
                case 10:
                    await tools.LoseAsync();
                    break;
                case 18:
                    await visit.ReadAsync("marks not sent yet");
                    await tools.SlowAsync();
                    break;
            }

            await visit.Page.EvaluateAsync("code => window.seen.push(location.origin + code)", await world.CodeAsync(date.Run.Places[number]));
            await visit.ReadAsync($"✓ {Names[number]} is here.");
        }

        await visit.ReadAsync("0 to mark. 24 here");
        var scanned = watch.Elapsed;
        await Assertions.Expect(visit.Page.Locator("[data-door-state]")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"open after {opened.TotalSeconds:0.0} s, all scanned after {scanned.TotalSeconds:0.0} s, all saved after {watch.Elapsed.TotalSeconds:0.0} s"));

        var marks = await site.App.WithAsync((TrainingHubDb db) => db.AttendanceMarks.Where(mark => date.Run.Places.Contains(mark.PlaceId)).ToListAsync(Ct));
        Assert.Equal(date.Run.Places.Order(), marks.Select(mark => mark.PlaceId).Order());
        Assert.All(marks, mark => Assert.Equal(Mark.Attended, mark.Mark));
        Assert.Equal(24, await site.App.WithAsync((TrainingHubDb db) => db.HistoryEntries.CountAsync(entry => entry.RecordId == date.Id && entry.RecordType == nameof(AttendanceMark), Ct)));
    }

    private static async Task SignInAsync(Visit visit, DoorDate date)
    {
        await visit.FillAsync("Email address", date.Trainer);
        await visit.Page.Locator("input[type=password]").FillAsync(StaffDoor.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await visit.ArriveAsync(path => path == "/staff/door");
    }
}
