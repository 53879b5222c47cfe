using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>What a date's page says of who marked its register: each act once, whatever it took in taps.</summary>
public sealed class RegisterHistoryTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.Parse("0190f0a0-0000-7000-8000-000000000001"), "Ann");
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly RegisterWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Taps_OfOneRegister_AreOneActWithoutNames()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Priya Sharma", "Tom Rees"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");
        foreach (var (place, button) in new[]
        {
            (0, "Attended – Amina Okafor"), (2, "Attended – Tom Rees"), (2, "Absent – Tom Rees"), (2, "✓ Absent – Tom Rees"), (1, "Attended – Priya Sharma"),
        })
        {
            app.Clock.Advance(TimeSpan.FromSeconds(3));
            page = await page.SubmitAsync(selector: Person(run, place), button: button);
        }

        var date = await page.Browser.GetAsync($"/staff/dates/{run.Id}");

        var entry = Assert.Single(date.All(".app-history__entry"));
        Assert.Contains("Register marked by Ann Coordinator", entry, StringComparison.Ordinal);
        Assert.Contains("2 places: nothing → Attended", entry, StringComparison.Ordinal);
        Assert.Contains(": nothing → Absent", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("Rees", entry, StringComparison.Ordinal);
        Assert.Equal(4, (await EntriesAsync(run)).Count);
    }

    [Fact]
    public async Task MarkTheOthers_IsOneEntryAndNoneWhenNobodyIsLeft()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Priya Sharma"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");
        page = await page.SubmitAsync(selector: "form[action*='handler=All']");
        var staff = await app.WithAsync((TrainingHubDb db) => db.Users.Select(user => user.Id).FirstAsync(Ct));

        await app.WithAsync((MarkAllAttended all) => all.RunAsync(new(run.Id), new(staff, "Ann Coordinator"), Ct));

        Assert.Equal(2, Assert.Single(await EntriesAsync(run)).Changes.Count);
    }

    [Fact]
    public void Together_PauseOtherPersonOtherRegister_AreActsOfTheirOwn()
    {
        HistoryEntry[] all =
        [
            Tap(70, "Attended", "Absent"),
            Tap(30, null, "Attended"),
            Tap(29, null, "Part", by: new(Guid.CreateVersion7(), "Ben")),
            Tap(2, "Attended", null, meeting: 2),
            Tap(1, null, "Attended", meeting: 2),
            Tap(0, null, "Attended"),
        ];

        var shown = RegisterHistory.Together(all);

        Assert.Equal(
            [
                "Register marked by Ann, Attended → Absent", "Register marked by Ann, nothing → Attended", "Register marked by Ben, nothing → Part",
                "Register of meeting 2 marked by Ann", "Register marked by Ann, nothing → Attended",
            ],
            shown.Select(entry => string.Join(", ", [$"{entry.Act} by {entry.Actor}", .. entry.Changes.Select(one => $"{one.ShortBefore} → {one.ShortAfter}")])));
    }

    private static HistoryEntry Tap(int minute, string? before, string? after, Actor? by = null, int? meeting = null) => HistoryEntry.New<AttendanceMark>(
        Guid.Empty, by ?? Ann, meeting is null ? "Register marked" : $"Register of meeting {meeting} marked", [new("Booking A", before, after)], Noon.AddMinutes(minute));

    private static string Person(BookedRun run, int place) => $"#place-{run.Places[place]:N} .app-register__marks";

    private Task<List<HistoryEntry>> EntriesAsync(BookedRun run) => app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [run.Id], Ct));
}
