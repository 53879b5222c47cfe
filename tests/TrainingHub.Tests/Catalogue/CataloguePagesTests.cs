using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

public sealed class CataloguePagesTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Home_ShowsNextDatesAndBothKindsOfSlot()
    {
        var page = await app.Browse().GetAsync("/");

        Assert.Equal("Safeguarding training for everyone who works with children", page.Heading);
        Assert.Equal(6, page.All("section[aria-labelledby=next] .app-row").Count);
        Assert.Equal(["Next dates with places", "Saturdays", "Twilight: weekdays from 4pm"], page.All("main section h2").Take(3));
    }

    [Fact]
    public async Task Home_SearchForm_LeadsToTheCourses()
    {
        var home = await app.Browse().GetAsync("/");

        var list = await home.SubmitAsync(form => form["q"] = "safer rec", "main form");

        Assert.Equal("/courses?q=safer%20rec", list.Address.Replace("+", "%20", StringComparison.Ordinal));
        Assert.Equal(["Safer Recruitment", "Safer Recruitment update"], list.All(".app-card__title"));
    }

    [Theory]
    [InlineData("/courses", "17 courses with 135 dates")]
    [InlineData("/courses?when=saturday", "3 courses with 5 dates")]
    [InlineData("/courses?when=TWILIGHT", "6 courses with 14 dates")]
    [InlineData("/courses?fee=free", "1 course with 4 dates")]
    [InlineData("/courses?tag=Priority", "1 course with 3 dates")]
    [InlineData("/courses?q=wt&when=saturday", "2 courses with 4 dates")]
    [InlineData("/courses?when=sunday", "0 courses with 0 dates")]
    [InlineData("/courses?q=xyzzy", "0 courses with 0 dates")]
    [InlineData("/courses?from=2000-01-01&to=1/2/2000", "0 courses with 0 dates")]
    public async Task Courses_Filter_CountsWhatFits(string address, string count)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(count, Assert.Single(page.All(".app-count")));
    }

    [Theory]
    [InlineData("when=monday", "when", "“monday” is not a choice here. Choose weekday, saturday, sunday, weekend, twilight or nothing")]
    [InlineData("delivery=post", "delivery", "“post” is not a choice here. Choose online, in-person or nothing")]
    [InlineData("area=narnia", "area", "“narnia” is not a choice here. Choose BCP, Dorset or nothing")]
    [InlineData("fee=cheap", "fee", "“cheap” is not a choice here. Choose free or nothing")]
    [InlineData("places=x", "places", "“x” is not a choice here. Choose available or nothing")]
    [InlineData("from=32/1/2027", "from", "The first day must be a real date, like 27/3/2027")]
    [InlineData("from=2027-02-02&to=2027-02-01", "to", "The last day must be the same as or after the first day")]
    public async Task Courses_WrongValue_IsNamedAtItsField(string query, string field, string message)
    {
        var page = await app.Browse().GetAsync("/courses?" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(message, Assert.Single(page.Errors));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Equal("#" + field, page.Find(".govuk-error-summary__list a").GetAttribute("href"));
        Assert.EndsWith(message, Assert.Single(page.All($"#{field}-error")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Courses_WrongDate_IsKept()
    {
        var page = await app.Browse().GetAsync("/courses?from=%3Cscript%3E&q=wt");

        Assert.Equal("<script>", page.Find("#from").GetAttribute("value"));
        Assert.Equal("wt", page.Find("#q").GetAttribute("value"));
    }

    [Fact]
    public async Task Courses_NothingFits_Helps()
    {
        var page = await app.Browse().GetAsync("/courses?q=xyzzy&fee=free");

        Assert.Contains("Check the spelling", page.Main, StringComparison.Ordinal);
        Assert.Equal("/courses", (await page.FollowAsync("See all courses")).Address);
    }

    [Fact]
    public async Task Course_Page_SaysWhatItIsLinkedToAndItsOtherNames()
    {
        var page = await app.Browse().GetAsync("/courses/safeguarding-level-2-foundation");

        Assert.Equal("Safeguarding Level 2 Foundation", page.Heading);
        Assert.Contains("Foundation in Safeguarding Children (former L2 course)", page.Main, StringComparison.Ordinal);
        Assert.Contains("£55 per person, or £82.50 for organisations outside BCP and Dorset", page.Main, StringComparison.Ordinal);
        Assert.Equal(4, page.All(".app-date").Count);
    }

    [Fact]
    public async Task Course_OfAProgramme_NamesItsModules()
    {
        var page = await app.Browse().GetAsync("/courses/introduction-to-intrafamilial-child-sexual-abuse");

        Assert.Contains("Module 1 of 5: Intra-familial child sexual abuse programme", page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/courses/nothing")]
    [InlineData("/courses/nothing.ics")]
    [InlineData("/dates/00000000-0000-0000-0000-000000000000")]
    [InlineData("/dates/x")]
    public async Task Unknown_Address_Is404(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(address)).Status);

    [Fact]
    public async Task Course_StructuredData_IsValidAndHasEveryDate()
    {
        var page = await app.Browse().GetAsync("/courses/domestic-abuse");

        using var data = JsonDocument.Parse(page.Find("script[type='application/ld+json']").TextContent);
        var course = data.RootElement;
        Assert.Equal(("https://schema.org", "Course", "Domestic Abuse"), (course.GetProperty("@context").GetString(), course.GetProperty("@type").GetString(), course.GetProperty("name").GetString()));
        Assert.Equal("Free", Assert.Single(course.GetProperty("offers").EnumerateArray()).GetProperty("category").GetString());
        var instances = course.GetProperty("hasCourseInstance").EnumerateArray().ToList();
        Assert.Equal(4, instances.Count);
        Assert.All(instances, instance => Assert.Equal("PT3H", instance.GetProperty("courseWorkload").GetString()));
        Assert.All(instances, instance => Assert.Equal("0.00", instance.GetProperty("offers").GetProperty("price").GetString()));
    }

    [Fact]
    public void StructuredData_HostileTitle_CannotEndTheScript()
    {
        var json = StructuredData.Of(new("</script><script>alert(1)</script>", "a & b", "https://x.example/", null), "P", path => path, [], default);

        Assert.DoesNotContain("</script>", json, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("</script><script>alert(1)</script>", JsonDocument.Parse(json).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Date_Open_HasAPriceAndAWayToBook()
    {
        var run = await RunOfAsync("missing-exploited-and-trafficked-children");

        var page = await app.Browse().GetAsync(CatalogueUrls.Date(run));

        Assert.Contains("£85 per person", page.Main, StringComparison.Ordinal);
        Assert.Equal(CatalogueUrls.Book(run), page.Find("main .govuk-button").GetAttribute("href"));
    }

    [Fact]
    public async Task Date_Full_OffersTheWaitingListAndOtherDates()
    {
        var run = await RunOfAsync("safer-recruitment-update");
        await FillAsync(run);

        var page = await app.Browse().GetAsync(CatalogueUrls.Date(run));

        Assert.Contains("This date is full.", page.Main, StringComparison.Ordinal);
        Assert.Equal(CatalogueUrls.Wait(run), page.Find("main .govuk-button").GetAttribute("href"));
        Assert.Equal(3, page.All(".app-date").Count);
    }

    [Fact]
    public async Task Date_Cancelled_SaysSoAndCannotBeBooked()
    {
        var run = await RunOfAsync("managing-allegations");
        await SetStateAsync(run, RunState.Cancelled, app.Clock.GetUtcNow());

        var page = await app.Browse().GetAsync(CatalogueUrls.Date(run));
        await SetStateAsync(run, RunState.Scheduled, null);

        Assert.Contains("This date is cancelled.", page.Main, StringComparison.Ordinal);
        Assert.Empty(page.All("main .govuk-button"));
    }

    [Fact]
    public async Task Date_OfThePast_HasTakenPlace()
    {
        var run = await app.WithAsync<TrainingHubDb, Guid>(db => db.CourseRuns.Where(one => one.Reference == "H2223-001").Select(one => one.Id).SingleAsync(Ct));

        var page = await app.Browse().GetAsync(CatalogueUrls.Date(run));

        Assert.Contains("This date has taken place.", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Date_WithoutPrice_IsListedNowhereAndSaysWhomToAsk()
    {
        var course = await app.Given.CourseAsync("Unpriced");
        var run = (await app.Given.RunAsync(course.Id, app.Clock.Now.AddDays(500))).Id;
        var browser = app.Browse();

        var page = await browser.GetAsync(CatalogueUrls.Date(run));
        foreach (var address in new[] { "/", "/courses?by=date&q=Unpriced", $"/courses/{course.Slug}", "/sitemap.xml", "/feed.atom", "/courses.ics", "/api/v1/dates" })
        {
            Assert.DoesNotContain(run.ToString(), (await browser.GetAsync(address)).Text, StringComparison.Ordinal);
        }

        await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.Where(one => one.Id == run).ExecuteDeleteAsync(Ct));

        Assert.Contains("This date cannot be booked online yet", page.Main, StringComparison.Ordinal);
        Assert.Null(await app.WithAsync<TrainingHubDb, Price?>(db => RunPrices.FindAsync(db, run, Ct)));
    }

    private async Task<Guid> RunOfAsync(string slug) => await app.WithAsync<TrainingHubDb, Guid>(db => db.CourseRuns
        .Where(run => run.StartsAt > app.Clock.GetUtcNow() && db.Courses.Any(course => course.Id == run.CourseId && course.Slug == slug))
        .OrderBy(run => run.StartsAt).Select(run => run.Id).FirstAsync(Ct));

    private async Task SetStateAsync(Guid run, RunState state, DateTimeOffset? at) => await app.WithAsync<TrainingHubDb>(db =>
        db.CourseRuns.Where(one => one.Id == run).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.State, state).SetProperty(one => one.CancelledAt, at), Ct));

    private async Task FillAsync(Guid run) => await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.Where(one => one.Id == run)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.PlacesTaken, one => one.Capacity), Ct));
}
