using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

public sealed class SeedTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReferenceLists_NewDatabase_HasPublishedSectorsFirst()
    {
        var (sectors, areas) = await app.WithAsync<TrainingHubDb, (List<string>, List<string>)>(async db => (
            await db.Sectors.OrderBy(sector => sector.SortOrder).Select(sector => sector.Name).ToListAsync(Ct),
            await db.Areas.OrderBy(area => area.SortOrder).Select(area => area.LongName).ToListAsync(Ct)));

        Assert.Equal(
            ["Charities and Voluntary Organisations", "Early Years/Pre-School", "Education", "Local Authority", "Police/Probationary Service", "Private Sector", "Health", "Other"],
            sectors);
        Assert.Equal(["BCP Council area", "Dorset Council area", "BCP and Dorset", "Elsewhere"], areas);
    }

    /// <summary>Runs and Saturdays per printed row of the offer 2024/25.</summary>
    [Theory]
    [InlineData("Safeguarding L2 Foundation", 4, 1, "£55", "Mandatory", "Level 2")]
    [InlineData("WT (Working Together) Initial", 42, 2, "£82", "Mandatory", "Level 3")]
    [InlineData("WT update (working Together)", 50, 2, "£55", "Mandatory", "Level 3")]
    [InlineData("Neglect", 3, 0, "£82", "Priority", null)]
    [InlineData("Safer Recruitment", 5, 0, "£82", "Mandatory", null)]
    [InlineData("Safer Recruitment update", 4, 0, "£55", "Mandatory", null)]
    [InlineData("Managing Allegations", 4, 0, "£55", "Dorset Council", null)]
    [InlineData("Online Safety", 2, 0, "£55", "Linked to YP", null)]
    [InlineData("Missing Exploited Trafficked Children (MET)", 3, 0, "£85", "Mandatory", null)]
    [InlineData("Child Exploitation Basic Awareness Covers IFSA/EFSA Intro for 24/25 programme", 3, 0, "£55", "Linked to CSPR", null)]
    [InlineData("NEW TIP (trauma informed practice) Introduction", 4, 0, "£55", "T&F Group", null)]
    [InlineData("NEW DA", 4, 0, "Free", "Linked to CSPR", null)]
    public async Task Offer_PrintedRow_IsOneCourseWithItsDatesAndFee(string printed, int runs, int saturdays, string fee, string tag, string? level)
    {
        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetService(typeof(TrainingHubDb)) as TrainingHubDb ?? throw new InvalidOperationException();
        var key = CourseTitle.KeyOf(printed);
        var course = await db.Courses.SingleAsync(course => db.CourseTitles.Any(title => title.CourseId == course.Id && title.TitleKey == key), Ct);
        var dates = await DateLines.Of(db, DateLines.Coming(db, app.Clock.GetUtcNow()).Where(run => run.CourseId == course.Id)).ToListAsync(Ct);

        Assert.Equal((runs, saturdays), (dates.Count, dates.Count(date => date.Slot == RunSlot.Saturday)));
        Assert.All(dates, date => Assert.Equal(fee, date.Price?.Each.ToString()));
        Assert.Equal((tag, level), (course.Tag, course.Level));
    }

    [Fact]
    public async Task Offer_IntraFamilialProgramme_HasFiveModulesWithSevenDates()
    {
        var modules = await app.WithAsync<TrainingHubDb, List<(int?, int)>>(async db =>
            [.. (await db.Courses.Where(course => course.ProgrammeId != null).OrderBy(course => course.ModuleNumber)
                .Select(course => new { course.ModuleNumber, Runs = db.CourseRuns.Count(run => run.CourseId == course.Id) }).ToListAsync(Ct))
                .Select(module => (module.ModuleNumber, module.Runs))]);

        Assert.Equal([(1, 2), (2, 1), (3, 1), (4, 1), (5, 2)], modules);
    }

    [Theory]
    [InlineData("Foundation in Safeguarding Children (former L2 course)", "Foundation in Safeguarding Children (former L2 course)")]
    [InlineData("PDSCP - Multi-Agency Working Together in Safeguarding (Level 3)", "Multi-Agency Working Together in Safeguarding")]
    [InlineData("working  together UPDATE", "Update - Multi-Agency Working Together in Safeguarding")]
    [InlineData("PDSCP - Safer Recruitment", "Safer Recruitment")]
    [InlineData("Introduction to Intrafamilial Child Sexual Abuse", "Introduction to Intrafamilial Child Sexual Abuse")]
    public async Task Titles_AnyKnownName_LeadsToTheCourseThatSurveysName(string title, string surveyTitle)
    {
        var key = CourseTitle.KeyOf(title);

        var found = await app.WithAsync<TrainingHubDb, string?>(db =>
            db.Courses.Where(course => db.CourseTitles.Any(known => known.CourseId == course.Id && known.TitleKey == key)).Select(course => course.SurveyTitle).SingleAsync(Ct));

        Assert.Equal(surveyTitle, found);
    }

    [Fact]
    public async Task Dates_OfTheComingYear_AreUsableDaysSpreadOverTheYear()
    {
        var now = app.Clock.GetUtcNow();
        var dates = await app.WithAsync<TrainingHubDb, List<DateLine>>(db =>
            DateLines.Of(db, DateLines.Coming(db, now)).OrderBy(line => line.StartsAt).ToListAsync(Ct));

        Assert.Equal(135, dates.Count);
        Assert.Equal((5, 14), (dates.Count(date => date.Slot == RunSlot.Saturday), dates.Count(date => date.Slot == RunSlot.Twilight)));
        Assert.All(dates, date => Assert.True(date.Slot == RunSlot.Saturday || WorkingDays.IsWorkingDay(date.RunsOn), $"{date.Reference} {date.RunsOn}"));
        Assert.All(dates, date => Assert.InRange(date.Capacity, 16, 24));
        Assert.All(dates, date => Assert.InRange(date.RunsOn, London.DateOf(now).AddDays(1), London.DateOf(now).AddYears(1)));
        Assert.All(dates, date => Assert.Contains("(example)", date.Provider + date.Venue, StringComparison.Ordinal));
        Assert.All(dates.GroupBy(date => date.RunsOn.Month), month => Assert.InRange(month.Count(), 4, 20));
        Assert.InRange(dates.Count(date => date.Delivery == DeliveryMode.Online), 40, 70);
        Assert.All(dates.Where(date => date.Slot == RunSlot.Twilight), date => Assert.Equal("4pm to 7pm", date.EachMeeting[0].TimeWords));
    }

    [Theory]
    [InlineData("H2122", 140, 2800)]
    [InlineData("H2223", 156, 3143)]
    public async Task History_PastYear_HasThePublishedPlaces(string prefix, int runs, int places)
    {
        var (count, sum) = await app.WithAsync<TrainingHubDb, (int, int)>(async db => (
            await db.CourseRuns.CountAsync(run => run.Reference.StartsWith(prefix), Ct),
            await db.CourseRuns.Where(run => run.Reference.StartsWith(prefix)).SumAsync(run => run.Capacity, Ct)));

        Assert.Equal((runs, places), (count, sum));
    }

    [Fact]
    public async Task History_EveryDate_LiesInsideItsYear()
    {
        var history = HistoryFile.Read();

        foreach (var year in history.Years)
        {
            var days = await app.WithAsync<TrainingHubDb, List<DateOnly>>(db =>
                db.CourseRuns.Where(run => run.Reference.StartsWith(year.Prefix)).Select(run => run.RunsOn).ToListAsync(Ct));
            Assert.All(days, day => Assert.Equal(year.Financial, FinancialYear.Of(day)));
        }

        Assert.Equal(90.0m, decimal.Round(100m * history.Years[0].Attendances / history.Years[0].PlaceCount, 1));
        Assert.Equal(91.5m, decimal.Round(100m * history.Years[1].Attendances / history.Years[1].PlaceCount, 1));
    }

    [Fact]
    public async Task Seeds_RunAgain_ChangeNothing()
    {
        var before = await CountsAsync();

        await app.SeedAsync();
        await app.WithAsync<TrainingHubDb>(db => new SeedAreas(db).RunAsync(Ct));

        Assert.Equal(before, await CountsAsync());
    }

    private async Task<(int, int, int, int)> CountsAsync() => await app.WithAsync<TrainingHubDb, (int, int, int, int)>(async db => (
        await db.Courses.CountAsync(Ct), await db.CourseTitles.CountAsync(Ct), await db.CourseRuns.CountAsync(Ct), await db.Areas.CountAsync(Ct)));
}
