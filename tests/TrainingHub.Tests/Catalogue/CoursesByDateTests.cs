using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>The catalogue by date and by month, and what search engines read of it.</summary>
public sealed class CoursesByDateTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Courses_ByDate_AreAllDatesInOrderUnderTheirMonths()
    {
        var page = await app.Browse().GetAsync("/courses?by=date");

        var wanted = await app.WithAsync((TrainingHubDb db) => DateLines.Public(db, app.Clock.Now).OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Select(run => run.Id).Take(50).ToListAsync(Ct));
        Assert.Equal(wanted.Select(id => $"/dates/{id}"), page.Document.QuerySelectorAll(".app-date a").Select(link => link.GetAttribute("href")));
        Assert.Equal(page.All("main h2").Distinct(), page.All("main h2"));
        Assert.Contains("page 1 of 3", page.Main, StringComparison.Ordinal);
        Assert.Contains("By date", page.All("[aria-current=true]"));
        Assert.Empty(page.All(".app-card"));
    }

    [Fact]
    public async Task Courses_ByDateAndFiltered_KeepTheFilterWhenShownByCourseAndBack()
    {
        var byDate = await app.Browse().GetAsync("/courses?by=date&when=saturday");
        Assert.Equal(5, byDate.All(".app-date").Count);

        var byCourse = await byDate.FollowAsync("By course");

        Assert.Equal("/courses?when=saturday", byCourse.Address);
        Assert.Equal(3, byCourse.All(".app-card").Count);
        Assert.Equal("/courses?when=saturday&by=date", (await byCourse.FollowAsync("By date")).Address);
    }

    [Fact]
    public async Task Courses_OneMonth_IsATouchAwayAndTakenBackByTheSame()
    {
        var all = await app.Browse().GetAsync("/courses?by=date");
        var months = all.Document.QuerySelector("[aria-label='One month']")!.QuerySelectorAll("a");

        var month = await all.Browser.GetAsync(months[1].GetAttribute("href")!);

        Assert.Single(month.All("main h2"));
        Assert.NotEmpty(month.All(".app-date"));
        Assert.Equal("/courses?by=date", month.Document.QuerySelector("[aria-label='One month'] [aria-current]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Courses_ByDateWithNothingThatFits_SaySoOnce()
    {
        var page = await app.Browse().GetAsync("/courses?by=date&when=sunday");

        Assert.Contains("No courses match your search", page.Main, StringComparison.Ordinal);
        Assert.Empty(page.All(".app-date"));
    }

    [Fact]
    public async Task Courses_List_IsAnItemListOfTheirPages()
    {
        var page = await app.Browse().GetAsync("/courses");

        using var list = JsonDocument.Parse(page.Find("script[type='application/ld+json']").TextContent);
        var items = list.RootElement.GetProperty("itemListElement").EnumerateArray().ToList();
        Assert.Equal("ItemList", list.RootElement.GetProperty("@type").GetString());
        Assert.Equal(page.All(".app-card__title"), items.Select(item => item.GetProperty("name").GetString()));
        Assert.All(items, item => Assert.StartsWith("http", item.GetProperty("url").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Date_ThatCanBeBooked_IsACourseWithOneInstance()
    {
        var list = await app.Browse().GetAsync("/courses?by=date");
        var address = list.Document.QuerySelector(".app-date a")!.GetAttribute("href")!;

        using var data = JsonDocument.Parse((await list.Browser.GetAsync(address)).Find("script[type='application/ld+json']").TextContent);

        Assert.Equal("Course", data.RootElement.GetProperty("@type").GetString());
        Assert.EndsWith(address, data.RootElement.GetProperty("hasCourseInstance").EnumerateArray().Single().GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/courses", "Courses")]
    [InlineData("/courses/neglect", "Neglect")]
    public async Task Page_SharedElsewhere_SaysItsTitleSummaryAndAddress(string address, string title)
    {
        var page = await app.Browse().GetAsync(address);

        string? Of(string name) => page.Document.QuerySelector($"meta[property='og:{name}']")?.GetAttribute("content");
        Assert.Equal(title, Of("title"));
        Assert.EndsWith(address, Of("url"), StringComparison.Ordinal);
        Assert.Equal(page.Document.QuerySelector("meta[name=description]")!.GetAttribute("content"), Of("description"));
    }

    [Fact]
    public async Task Sitemap_LeavesOutCoursesThatAreNotOffered()
    {
        var map = (await app.Browse().GetAsync("/sitemap.xml")).Text;

        Assert.Contains("/courses/neglect<", map, StringComparison.Ordinal);
        Assert.DoesNotContain("/courses/working-with-sex-workers<", map, StringComparison.Ordinal);
    }
}
