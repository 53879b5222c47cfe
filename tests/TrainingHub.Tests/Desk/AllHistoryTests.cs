using System.Net;
using System.Text.RegularExpressions;
using TrainingHub.Catalogue;
using TrainingHub.Desk;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.House;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The list of all history: found by who, what, when and words, page by page, and as a file.</summary>
public sealed partial class AllHistoryTests(TestApp app) : IClassFixture<TestApp>
{
    private const string List = "/staff/history";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_AnAct_SaysWhoDidWhatToWhichRecordAndLeadsThere()
    {
        var venue = await app.Given.VenueAsync("Canal House");
        var browser = await app.BrowseAsStaffAsync();
        await (await browser.GetAsync($"/staff/venues/{venue.Id}")).SubmitAsync(fill => fill["Form.Room"] = "Suite 2");

        var page = await browser.GetAsync($"{List}?kind=Venue&q=suite");

        var row = page.Find("tbody tr");
        Assert.Contains("Venue: Canal House", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Changed", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Room: nothing → Suite 2", row.TextContent, StringComparison.Ordinal);
        Assert.Contains((await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<Venue>(db, venue.Id, Ct)))[0].Actor, row.TextContent, StringComparison.Ordinal);
        Assert.Equal("Canal House", (await page.FollowAsync("Venue: Canal House")).Heading);
    }

    [Fact]
    public async Task List_ManyAtOneInstant_PagesShowEachOnceForwardsAndBack()
    {
        var about = Guid.CreateVersion7();
        await AddAsync(Enumerable.Range(1, 120).Select(number => New<Area>(about, $"Paged {number:000}", number / 40)));
        var browser = await app.BrowseAsStaffAsync();
        var first = await browser.GetAsync($"{List}?q=paged&sort=when");

        var second = await first.FollowAsync("Next page");
        var third = await second.FollowAsync("Next page");
        var back = await (await third.FollowAsync("Previous page")).FollowAsync("Previous page");

        var all = new[] { first, second, third }.SelectMany(Acts).ToList();
        Assert.Equal([50, 50, 20], new[] { first, second, third }.Select(page => Acts(page).Count));
        Assert.Equal(120, all.Distinct().Count());
        Assert.Equal(Acts(first), Acts(back));
        Assert.Empty(third.All("a[rel=next]"));
        Assert.Empty(back.All("a[rel=prev]"));
        Assert.Equal(all, Enumerable.Reverse(await AllActsAsync(browser, $"{List}?q=paged&sort=-when")));
    }

    [Fact]
    public async Task List_Filters_FindWhatTheySay()
    {
        var (course, other) = (await app.Given.CourseAsync("Filtered course"), Guid.CreateVersion7());
        var run = await app.Given.RunAsync(course.Id, new DateOnly(2027, 5, 1));
        await AddAsync(
        [
            New<CourseRun>(run.Id, "Sifted moved", 0),
            New<Area>(other, "Sifted added", 1, note: "From O'Brien's file"),
            New<Area>(other, "Sifted renamed", 60 * 24 * 40, after: "Poole-Süd"),
        ]);
        var browser = await app.BrowseAsStaffAsync();
        async Task<string> FoundAsync(string query) => string.Join(", ", Acts(await browser.GetAsync($"{List}?{query}")));

        Assert.Equal("Sifted moved", await FoundAsync("q=sifted&kind=CourseRun"));
        Assert.Equal("Sifted renamed, Sifted added, Sifted moved", await FoundAsync("q=sift&who=program"));
        Assert.Equal("", await FoundAsync($"q=sifted&who={Guid.CreateVersion7()}"));
        Assert.Equal("Sifted renamed", await FoundAsync("q=sifted&from=1/12/2026"));
        Assert.Equal("Sifted added, Sifted moved", await FoundAsync("q=sifted&until=2026-11-30"));
        Assert.Equal("Sifted added", await FoundAsync("q=sifted+o%27brien"));
        Assert.Equal("Sifted renamed", await FoundAsync("q=s%C3%BCd"));
        Assert.Equal("Sifted moved", await FoundAsync($"q={run.Reference}"));
        Assert.Equal("", await FoundAsync("q=%27%5C%3A*+%26+%7C"));
        Assert.Contains("No entries match", (await browser.GetAsync($"{List}?q=nothinglikeit")).Main);
        var wrong = await browser.GetAsync($"{List}?from=31/2/2027");
        Assert.Equal(["From must be a real date, like 27/3/2027"], wrong.Errors);
        Assert.Equal("31/2/2027", wrong.Find("[name=From]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("after=1_2")]
    [InlineData("before=99999999999999999999_00000000000000000000000000000000")]
    [InlineData("who=1&kind=Nonsense")]
    public async Task List_WordsThatNobodyWrote_IsThereAllTheSame(string query) =>
        Assert.Equal(HttpStatusCode.OK, (await (await app.BrowseAsStaffAsync()).GetAsync($"{List}?{query}")).Status);

    [Fact]
    public async Task List_AsAFile_HasTheSealsAndLeavesALine()
    {
        var about = Guid.CreateVersion7();
        await AddAsync([New<Area>(about, "Filed", 0, after: "Poole")]);
        await app.RunJobAsync(nameof(LinkHistory));
        var entry = Assert.Single(await app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [about], Ct)));
        var seal = (await app.WithAsync((TrainingHubDb db) => HistorySeal.OfAsync(db, [entry.Id], Ct)))[entry.Id].Words;
        var browser = await app.BrowseAsStaffAsync();

        var csv = await browser.GetAsync($"{List}?q=filed&file=csv");

        Assert.Contains($",Command line,Area,{about},Filed,,Name: nothing → Poole,", csv.Text, StringComparison.Ordinal);
        Assert.Contains(seal, csv.Text, StringComparison.Ordinal);
        var line = (await browser.GetAsync($"{List}?kind=TakenList&q=history")).Find("tbody tr").TextContent;
        Assert.Contains("List of history downloaded", line, StringComparison.Ordinal);
        Assert.Contains("CSV file of 1 row, a part of the list", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListOfPeople_AsAFile_LeavesALineWithoutWhatWasLookedFor()
    {
        await app.Given.PersonAsync("Quentin Quellwater", "quentin@quellwater.example");
        var browser = await app.BrowseAsStaffAsync();

        var file = await browser.GetAsync("/staff/people?q=quellwater&file=xlsx");

        Assert.Equal("people.xlsx", file.Response.Content.Headers.ContentDisposition?.FileName);
        var entry = (await app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [TrainingHub.Platform.Web.TakenList.IdOf("people")], Ct)))[0];
        Assert.Equal(("List of people downloaded", "Excel file of 1 row, a part of the list"), (entry.Act, entry.Note));
        Assert.NotEqual(Guid.Empty, entry.ActorId);
        Assert.DoesNotContain("quellwater", entry.Note, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task List_OtherStaff_AreRefused()
    {
        var other = await app.BrowseAsAsync([StaffRole.BookingOfficer]);

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(List)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"{List}?file=csv")).Status);
    }

    // Else the list would call it by the program's own name.
    [Fact]
    public void EveryKindOfRecord_ThatHistoryIsWrittenAbout_HasWords()
    {
        var written = SourceTree.Read("src", ".cs").Values
            .SelectMany(text => Written().Matches(text).Select(match => match.Groups[1].Value).Concat(Edited().Matches(text).Select(match => match.Groups[1].Value)))
            .Where(type => type != "T").Distinct().ToList();

        Assert.True(written.Count > 20);
        Verdict.NoFaults(written.Where(type => HistoryRecords.Kinds.All(kind => kind.Type != type)).Select(type => $"{type} is missing in HistoryRecords"));
    }

    private static HistoryEntry New<T>(Guid record, string act, int minutes, string? after = null, string? note = null) => HistoryEntry.New<T>(
        record, Actor.CommandLine, act, after is null ? [] : [new("Name", null, after)], TestClock.Start.AddMinutes(minutes), note);

    private static List<string> Acts(TestPage page) => [.. page.All("tbody tr td strong")];

    private async Task AddAsync(IEnumerable<HistoryEntry> entries)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Ct);
        await CopyHistory.RunAsync(connection, entries, Ct);
    }

    private static async Task<List<string>> AllActsAsync(TestBrowser browser, string address)
    {
        var all = new List<string>();
        for (var page = await browser.GetAsync(address); ; page = await page.FollowAsync("Next page"))
        {
            all.AddRange(Acts(page));
            if (page.All("a[rel=next]") is [])
            {
                return all;
            }
        }
    }

    [GeneratedRegex(@"HistoryEntry\.(?:Add|New)<(\w+)>")]
    private static partial Regex Written();

    [GeneratedRegex(@"class (\w+) : IEdited")]
    private static partial Regex Edited();
}
