using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

public sealed class CatalogueSearchTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("wt", "working-together-initial", "working-together-update")]
    [InlineData("WT update", "working-together-update")]
    [InlineData("L2", "safeguarding-level-2-foundation")]
    [InlineData("former L2 course", "safeguarding-level-2-foundation")]
    [InlineData("DA", "domestic-abuse")]
    [InlineData("safer rec", "safer-recruitment", "safer-recruitment-update")]
    [InlineData("TIP", "trauma-informed-practice-introduction")]
    [InlineData("recruiting staff", "safer-recruitment", "safer-recruitment-update")]
    [InlineData("LADO", "managing-allegations")]
    [InlineData("groom", "online-safety", "child-exploitation-basic-awareness")]
    public async Task Find_Words_GivesTheCourses(string words, params string[] slugs)
    {
        var found = await FindAsync(new CatalogueFilter { Words = words });

        Assert.Equal(slugs.Order(), found.Courses.Select(card => card.Course.Slug).Order());
    }

    [Theory]
    [InlineData("foundation", "safeguarding-level-2-foundation")]
    [InlineData("working together", "working-together-initial")]
    [InlineData("recruitment", "safer-recruitment")]
    public async Task Find_WordOfATitle_ComesFirst(string words, string slug)
    {
        var found = await FindAsync(new CatalogueFilter { Words = words });

        Assert.Equal(slug, found.Courses[0].Course.Slug);
    }

    [Fact]
    public async Task Find_OnlySomeWordsFit_SaysSo()
    {
        var found = await FindAsync(new CatalogueFilter { Words = "neglect gardening" });

        Assert.Equal((SearchFit.SomeWords, "neglect"), (found.Answer?.Fit, found.Courses[0].Course.Slug));
    }

    [Theory]
    [InlineData("zzzz")]
    [InlineData("' & | ! ( ) :* \\")]
    [InlineData("\"")]
    [InlineData("%")]
    public async Task Find_NothingFits_GivesNothing(string words)
    {
        var found = await FindAsync(new CatalogueFilter { Words = words });

        Assert.Empty(found.Courses);
    }

    [Fact]
    public async Task Find_NoWish_GivesTheOfferInPrintedOrder()
    {
        var found = await FindAsync(new CatalogueFilter());

        Assert.Equal((17, 135, 17), (found.CourseCount, found.DateCount, found.Courses.Count));
        Assert.Equal(["safeguarding-level-2-foundation", "working-together-initial"], found.Courses.Take(2).Select(card => card.Course.Slug));
        Assert.All(found.Courses, card => Assert.Equal(Math.Min(card.DateCount, CourseCard.DatesShown), card.Dates.Count));
    }

    [Fact]
    public async Task Find_Saturday_GivesOnlyThoseDates()
    {
        var found = await FindAsync(new CatalogueFilter { When = [RunSlot.Saturday] });

        Assert.Equal((3, 5), (found.CourseCount, found.DateCount));
        Assert.All(found.Courses.SelectMany(card => card.Dates), date => Assert.Equal("Saturday", date.SlotWord));
    }

    [Fact]
    public async Task Find_Free_GivesWhatCostsNothing()
    {
        var found = await FindAsync(new CatalogueFilter { FreeOnly = true });

        Assert.Equal(("domestic-abuse", 4), (Assert.Single(found.Courses).Course.Slug, found.DateCount));
    }

    [Fact]
    public async Task Find_Area_GivesDatesThereAndThoseForBoth()
    {
        var area = await app.WithAsync<TrainingHubDb, Guid>(db => db.Areas.Where(area => area.Name == "BCP").Select(area => area.Id).SingleAsync(Ct));

        var found = await FindAsync(new CatalogueFilter { AreaId = area });

        Assert.All(found.Courses.SelectMany(card => card.Dates), date => Assert.True(date.Area is "BCP Council area" or "BCP and Dorset", date.Area));
        Assert.InRange(found.DateCount, 1, 134);
    }

    [Fact]
    public async Task Find_DayToDay_CountsBothDays()
    {
        var all = await FindAsync(new CatalogueFilter { When = [RunSlot.Saturday] });
        var day = all.Courses[0].Dates[0].RunsOn;

        var found = await FindAsync(new CatalogueFilter { When = [RunSlot.Saturday], From = day, To = day });

        Assert.Equal(1, found.DateCount);
    }

    [Fact]
    public async Task Find_WithPlaces_LeavesOutFullDates()
    {
        var full = (await FindAsync(new CatalogueFilter { Words = "neglect" })).Courses[0].Dates[0].Id;
        await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.Where(run => run.Id == full)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.PlacesTaken, run => run.Capacity), Ct));
        await app.WithAsync<PageCache>(memory =>
        {
            memory.ForgetLive();
            return Task.CompletedTask;
        });

        var found = await FindAsync(new CatalogueFilter { Words = "neglect", WithPlacesOnly = true });

        await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.Where(run => run.Id == full)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.PlacesTaken, 0), Ct));
        Assert.Equal(("neglect", 2), (found.Courses[0].Course.Slug, found.Courses[0].DateCount));
    }

    private async Task<CatalogueSearch.Found> FindAsync(CatalogueFilter filter) =>
        await app.WithAsync<CatalogueSearch, CatalogueSearch.Found>(search => search.FindAsync(filter, 1, Ct));
}
