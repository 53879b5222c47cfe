using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>What was filtered for stays on the way from the list to a course and back.</summary>
public sealed class FilterOnTheWayTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    [Theory]
    [InlineData("when=twilight")]
    [InlineData("when=twilight&delivery=online&area=bcp&places=available")]
    [InlineData("delivery=in-person&from=2026-01-01&to=2028-12-31")]
    [InlineData("fee=free")]
    [InlineData("q=safeguarding&when=weekday")]
    [InlineData("tag=Priority&delivery=online")]
    public async Task Course_FromAFilteredList_ShowsTheDatesThatFitAndLeadsBack(string query)
    {
        var list = await app.Browse().GetAsync("/courses?" + query);
        var link = list.Find(".app-card__title a").GetAttribute("href")!;

        var course = await app.Browse().GetAsync(link);
        var back = await app.Browse().GetAsync(course.Find(".govuk-breadcrumbs__list-item:nth-child(2) a").GetAttribute("href")!);

        Assert.All(query.Split('&'), part => Assert.Contains(part, link, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("your filter: ", course.Main);
        Assert.Equal(list.All(".app-count"), back.All(".app-count"));
        Assert.Equal(list.All(".app-chip"), back.All(".app-chip"));
    }

    [Fact]
    public async Task Course_WithTwilight_ListsTwilightDatesAlone()
    {
        var all = await app.Browse().GetAsync("/courses/neglect");
        var list = await app.Browse().GetAsync("/courses?when=twilight");

        var course = await app.Browse().GetAsync(list.Find(".app-card__title a").GetAttribute("href")!);
        var whole = await course.FollowAsync("See all dates of this course");

        Assert.NotEmpty(course.All(".app-date"));
        Assert.All(course.All(".app-date"), date => Assert.Contains("Twilight", date));
        Assert.Contains($"{course.All(".app-date").Count} date", course.Main);
        Assert.True(whole.All(".app-date").Count >= course.All(".app-date").Count);
        Assert.DoesNotContain("your filter", all.Main);
    }

    [Fact]
    public async Task Course_WithAFilterThatNoDateFits_SaysSo()
    {
        var course = await app.Browse().GetAsync("/courses/neglect?when=sunday");

        Assert.Contains("No date fits your filter: Sunday.", course.Main);
        Assert.Empty(course.All(".app-date"));
    }

    [Fact]
    public async Task Courses_DateInWords_IsTaken()
    {
        var page = await app.Browse().GetAsync("/courses?from=1%20jan%202000&to=1st+February+2000");

        Assert.Empty(page.Errors);
        Assert.Equal(["From 1 January 2000 ✕", "Until 1 February 2000 ✕"], page.All("[aria-label='Your filters'] .app-chip").Select(chip => chip.Replace("Remove ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Courses_InAChosenOrder_ShowsItAsAChipThatTakesItAway()
    {
        var page = await app.Browse().GetAsync("/courses?when=saturday&order=price");

        var without = await page.FollowAsync("Remove Lowest price first ✕");

        Assert.Equal(["Remove Saturday ✕", "Remove Lowest price first ✕"], page.All("[aria-label='Your filters'] .app-chip"));
        Assert.Equal(["Remove Saturday ✕"], without.All("[aria-label='Your filters'] .app-chip"));
        Assert.EndsWith("?when=saturday", without.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Courses_ByDate_HaveNoChosenOrder()
    {
        var page = await app.Browse().GetAsync("/courses?by=date&order=price");

        Assert.Empty(page.All("[aria-label='Your filters'] .app-chip"));
    }
}
