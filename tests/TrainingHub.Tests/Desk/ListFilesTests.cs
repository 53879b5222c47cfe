using TrainingHub.FreePlaces;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The lists of the programme, the surveys and the setup: found, sorted, and as a file with the very rows of the list.</summary>
public sealed class ListFilesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Courses_SortedByComingDates_AreTheFile()
    {
        var (few, many) = (await app.Given.CourseAsync("=Listed few", isOffered: true), await app.Given.CourseAsync("Listed many", isOffered: true));
        await app.Given.RunAsync(few.Id, new DateOnly(2027, 5, 5));
        await app.Given.RunAsync(many.Id, new DateOnly(2027, 5, 6));
        await app.Given.RunAsync(many.Id, new DateOnly(2027, 5, 7));

        var (list, file) = await SortedAsync("/staff/courses?q=listed", "Coming dates", "Coming dates ▲");

        Assert.Equal(["Listed many", "=Listed few"], list.All("tbody th"));
        Assert.Contains("\n'=Listed few,", file, StringComparison.Ordinal);
        Assert.Equal(["2", "1"], Column(file, "coming_dates"));
    }

    [Fact]
    public async Task Venues_SortedByName_AreTheFile()
    {
        await app.Given.VenueAsync("Alder listed hall");
        await app.Given.VenueAsync("Birch listed hall");

        var (list, file) = await SortedAsync("/staff/venues?q=listed+hall", "Venue ▲");

        Assert.Equal(["Birch listed hall", "Alder listed hall"], list.All("tbody th"));
        Assert.Equal(list.All("tbody th"), Column(file, "venue"));
    }

    [Fact]
    public async Task Providers_FoundByATrainer_SayWhoAndAreSortedByContract()
    {
        var (late, early) = (await app.Given.ProviderAsync("Late listed", new DateOnly(2029, 3, 31)), await app.Given.ProviderAsync("Early listed", new DateOnly(2028, 3, 31)));
        await app.Given.TrainerAsync(late.Id, "Tess Findable");
        await app.Given.TrainerAsync(early.Id, "Tom Findable");

        var (list, file) = await SortedAsync("/staff/providers?q=findable", "Contract until");

        Assert.Equal(["Early listed Found by Tom Findable", "Late listed Found by Tess Findable"], list.All("tbody th"));
        Assert.Equal(["Early listed", "Late listed"], Column(file, "provider"));
    }

    [Fact]
    public async Task Programmes_SortedBack_AreTheFile()
    {
        await app.Given.ProgrammeAsync("A listed programme");
        await app.Given.ProgrammeAsync("B listed programme");

        var (list, file) = await SortedAsync("/staff/programmes?q=listed", "Programme ▲");

        Assert.Equal(["B listed programme", "A listed programme"], list.All("tbody th"));
        Assert.Equal(list.All("tbody th"), Column(file, "programme"));
    }

    [Fact]
    public async Task SchoolHolidays_SortedByName_AreTheFile()
    {
        await app.Given.SchoolHolidayAsync("Zebra break", new DateOnly(2029, 1, 1), new DateOnly(2029, 1, 3));
        await app.Given.SchoolHolidayAsync("Apple break", new DateOnly(2029, 2, 1), new DateOnly(2029, 2, 3));

        var (_, file) = await SortedAsync("/staff/school-holidays", "Holiday");

        var names = Column(file, "holiday");
        Assert.True(names.IndexOf("Apple break") >= 0 && names.IndexOf("Apple break") < names.IndexOf("Zebra break"));
    }

    [Fact]
    public async Task Surveys_OfACourse_AreCountedAsOnThePageAndByCourseOnly()
    {
        var world = new SurveyWorld(app);
        await world.InvitedAsync();
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync("/staff/surveys?sort=-sent");
        var file = (await staff.GetAsync(page.Find("a[download][href*='file=csv']").GetAttribute("href")!)).Text;
        var none = await staff.GetAsync("/staff/surveys?q=no+such+course");

        var rows = page.Document.QuerySelectorAll("table")[^1].QuerySelectorAll("tbody tr");
        Assert.Equal(rows.Take(rows.Length - 1).Select(row => row.QuerySelector("th")!.TextContent.Trim()), Column(file, "course"));
        Assert.Equal(rows.Take(rows.Length - 1).Select(row => row.QuerySelectorAll("td")[1].TextContent.Trim()), Column(file, "sent"));
        Assert.DoesNotContain("month", file, StringComparison.Ordinal);
        Assert.Contains("No survey of such a course is due", none.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_OldestFirst_AreTheFileWithoutWhoReadThem()
    {
        await app.Given.CommentsAsync(CommentState.Read, "Listed worry, one", "Listed worry, two");
        var staff = await app.BrowseAsStaffAsync();

        var list = await staff.GetAsync("/staff/surveys/comments?show=read&q=LISTED+worry&sort=oldest");
        var file = (await staff.GetAsync(list.Find("a[download][href*='file=csv']").GetAttribute("href")!)).Text;

        Assert.Equal(["Listed worry, one", "Listed worry, two"], list.All("blockquote"));
        Assert.Equal(list.All("blockquote"), Column(file, "comment"));
        Assert.Contains("Cora Coordinator", list.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Cora", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FreePlaces_Declined_AreFoundAndTheFile()
    {
        var world = await Bookings.BookingWorld.MakeAsync(app.Database, app.Clock);
        foreach (var name in new[] { "Listed Lambs", "Listed Kids" })
        {
            var request = world.Request(await world.RunAsync(capacity: 10), $"{name.Replace(' ', '.')}@free.example") with
            {
                OrganisationName = name,
                Method = TrainingHub.Bookings.PaymentMethod.FreePlace,
                FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A group"),
            };
            await world.BookPlace.RunAsync(request, Token);
        }

        await world.ExecuteAsync("update free_place_applications set state = 'Declined', reason = 'Part of a council', decided_at = created_at where organisation_name like 'Listed%'");
        var (list, file) = await SortedAsync("/staff/free-places?show=Declined&q=listed", "Organisation");

        Assert.Equal(["Listed Kids", "Listed Lambs"], list.All("tbody th"));
        Assert.DoesNotContain("To decide (", list.Main, StringComparison.Ordinal);
        Assert.Equal(list.All("tbody th"), Column(file, "organisation"));
        Assert.Equal(["Part of a council", "Part of a council"], Column(file, "reason"));
        Assert.Contains("No decision matches.", (await list.Browser.GetAsync("/staff/free-places?show=Declined&q=nobody")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_FoundByTheirText_SayWhereAndAreTheFile()
    {
        foreach (var (subject, text) in new[] { ("A listed message", "Bring a torch, please."), ("B listed message", "The room has changed.") })
        {
            await app.Given.MessageAsync(subject, text);
        }

        var (list, file) = await SortedAsync("/staff/messages?q=listed", "Subject", "Subject ▲");
        var torch = await list.Browser.GetAsync("/staff/messages?q=TORCH");

        Assert.Equal(["B listed message", "A listed message"], list.All("tbody th"));
        Assert.Equal(list.All("tbody th"), Column(file, "subject"));
        Assert.Equal(["A listed message … Bring a torch, please. …"], torch.All("tbody th"));
        Assert.Contains("No message matches.", (await list.Browser.GetAsync("/staff/messages?q=nothing+like+it")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffAccounts_SortedByName_AreTheFile()
    {
        var (list, file) = await SortedAsync("/staff/staff", "Name");

        Assert.Equal(list.All("tbody th a"), Column(file, "name"));
        Assert.NotEmpty(Column(file, "email"));
    }

    [Theory]
    [InlineData("/staff/courses")]
    [InlineData("/staff/venues")]
    [InlineData("/staff/providers")]
    [InlineData("/staff/programmes")]
    [InlineData("/staff/school-holidays")]
    [InlineData("/staff/surveys")]
    [InlineData("/staff/surveys/comments")]
    [InlineData("/staff/free-places")]
    [InlineData("/staff/free-places/awards")]
    [InlineData("/staff/messages")]
    [InlineData("/staff/staff")]
    public async Task List_WithAnOrderThatIsNone_ShowsTheUsualOneAndTheWorkbookOpens(string address)
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync($"{address}?sort=rubbish&tick=all");
        var workbook = await staff.Client.GetByteArrayAsync($"{address}?file=xlsx", Token);

        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        Assert.NotEmpty(FileContent.Parse(workbook, _ => true).Sheets[0].Rows);
    }

    /// <summary>The list in the order that the headings lead to, one after the other, and the CSV that it offers.</summary>
    private async Task<(TestPage List, string File)> SortedAsync(string address, params string[] headings)
    {
        var list = await (await app.BrowseAsStaffAsync()).GetAsync(address);
        foreach (var heading in headings)
        {
            list = await list.FollowAsync(heading);
        }

        return (list, (await list.Browser.GetAsync(list.Find("a[download][href*='file=csv']").GetAttribute("href")!)).Text);
    }

    private static List<string> Column(string csv, string name)
    {
        var rows = FileContent.Parse(System.Text.Encoding.UTF8.GetBytes(csv), _ => true).Sheets[0].Rows.Select(row => row.Cells).ToList();
        var at = rows[0].ToList().FindIndex(cell => cell.Words == name);
        return [.. rows.Skip(1).Select(row => row[at].Words)];
    }
}
