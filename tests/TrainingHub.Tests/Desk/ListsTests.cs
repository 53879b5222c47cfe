using TrainingHub.Platform.Files;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>What every list of staff does: another order, all of it as a file, and for dates a month at a glance.</summary>
public sealed class ListsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dates_SortedByCourseAndBack_KeepTheFilter()
    {
        var (alpha, omega) = (await app.Given.CourseAsync("Alpha of the sorted"), await app.Given.CourseAsync("Omega of the sorted"));
        await app.Given.RunAsync(omega.Id, new DateOnly(2031, 5, 5));
        await app.Given.RunAsync(alpha.Id, new DateOnly(2031, 5, 6));
        var staff = await app.BrowseAsStaffAsync();

        var byDate = await staff.GetAsync("/staff/dates?period=2031%2F32");
        var byCourse = await byDate.FollowAsync("Course");
        var back = await byCourse.FollowAsync("Course ▲");

        Assert.Equal("ascending", byDate.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Equal(["Omega", "Alpha"], Courses(byDate));
        Assert.Equal(["Alpha", "Omega"], Courses(byCourse));
        Assert.Equal(["Omega", "Alpha"], Courses(back));
        Assert.Contains("period=2031%2F32", back.Address, StringComparison.Ordinal);
        Assert.Equal("descending", back.Find("th[aria-sort]").GetAttribute("aria-sort"));

        static string[] Courses(TestPage page) => [.. page.All("tbody th a").Select(words => words.Split(' ')[0])];
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task Dates_AsAFile_HoldAllPagesOfTheFilteredList(string kind)
    {
        var course = await app.Given.CourseAsync($"Many dates in {kind}");
        for (var day = 0; day < 30; day++)
        {
            await app.Given.RunAsync(course.Id, new DateOnly(2032, 6, 1).AddDays(day));
        }

        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync($"/staff/dates?course={course.Id}");
        var link = page.Find($"a[download][href*='file={kind}']").GetAttribute("href")!;

        var file = await staff.Client.GetByteArrayAsync(link, Token);

        Assert.Equal(25, page.All("tbody tr").Count);
        var rows = FileContent.Parse(file, _ => true).Sheets[0].Rows.Select(row => row.Cells).ToList();
        Assert.Equal(31, rows.Count);
        Assert.Equal("course", rows[0][1].Words);
        Assert.All(rows.Skip(1), row => Assert.Equal($"Many dates in {kind}", row[1].Words));
        Assert.Equal(new DateOnly(2032, 6, 30), CellValues.Date(rows[^1][2]));
    }

    [Fact]
    public async Task Calendar_OfAMonth_ShowsEachMeetingAndClosedDay_AndMovesOn()
    {
        var course = await app.Given.CourseAsync("Calendar course");
        var run = await app.Given.RunAsync(course.Id, new DateOnly(2027, 3, 11));
        await app.Given.DraftAsync(course.Id, new DateOnly(2027, 3, 17));
        await app.Given.SchoolHolidayAsync("Long break", new DateOnly(2027, 3, 17), new DateOnly(2027, 3, 19));
        var staff = await app.BrowseAsStaffAsync();

        var march = await staff.GetAsync("/staff/dates/calendar?month=2027-03");

        Assert.Equal("March 2027", march.Heading);
        Assert.Equal(["11", "17, Long break"], march.All(".app-month__day:has(.app-month__date) .app-month__number").Select(words => words[(words.IndexOf(' ') + 1)..]));
        Assert.Contains("Draft", march.Find(".app-month__day--closed .app-month__date").TextContent, StringComparison.Ordinal);
        Assert.Contains("26, Bank holiday", march.Main, StringComparison.Ordinal);
        Assert.Equal($"/staff/dates/{run.Id}", march.Find(".app-month__date a").GetAttribute("href"));
        Assert.Contains("No dates in this month.", (await march.FollowAsync("April 2027")).Main, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await staff.GetAsync("/staff/dates/calendar?month=9999-99")).Status);
    }

    [Fact]
    public async Task WaitingLists_OfAName_AndAsAFile()
    {
        var run = (await app.Given.RunAsync((await app.Given.CourseAsync("Waited for")).Id, new DateOnly(2036, 9, 1))).Id;
        await app.Given.WaitingAsync(run, "Zoë Waits", "zoe@wait.example");
        await app.Given.WaitingAsync(run, "Max Waits", "max@wait.example");
        var staff = await app.BrowseAsStaffAsync();

        var found = await staff.GetAsync("/staff/waiting-lists?q=zoe");

        Assert.Contains("Zoë Waits", found.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Max Waits", found.Main, StringComparison.Ordinal);
        var file = (await staff.GetAsync($"/staff/waiting-lists?date={run}&file=csv")).Text;
        Assert.Contains("Waited for,2036-09-01,Max Waits,max@wait.example,1,", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookings_OfAState_AreSortedAndComeAsAFile()
    {
        var run = await app.Given.RunAsync((await app.Given.CourseAsync("Booked in a list")).Id, new DateOnly(2037, 3, 3));
        await app.Given.PlacesAsync(run, new GivenDelegate("Lena Listed") { Email = "lena@listed.example" }, new GivenDelegate("Ada Listed") { Email = "ada@listed.example" });
        var staff = await app.BrowseAsStaffAsync();

        var confirmed = await staff.GetAsync("/staff/bookings?q=listed.example&state=Confirmed");
        var cancelled = await staff.GetAsync("/staff/bookings?q=listed.example&state=Cancelled");
        var file = await staff.GetAsync(confirmed.Find("a[download][href*='file=csv']").GetAttribute("href")!);

        Assert.Equal(2, confirmed.All("tbody tr").Count);
        Assert.Contains("No booking matches", cancelled.Main, StringComparison.Ordinal);
        Assert.Equal(2, file.Text.Split('\n').Count(line => line.Contains("Booked in a list,2037-03-03", StringComparison.Ordinal)));
    }
}
