using System.Net;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>The offer of a year as visitors print it, and its workbook.</summary>
public sealed class OfferTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.GetUtcNow());

    private FinancialYear Year => FinancialYear.Of(Today);

    private FinancialYear Next => new(Year.StartsIn + 1);

    [Fact]
    public async Task Page_CourseWithDatesOfTheYear_SaysHowManyWhenHowLongAndForHowMuch()
    {
        var course = await app.Given.CourseAsync("Offered in full", CourseLength.FullDay, 8200, isOffered: true);
        var saturday = Enumerable.Range(1, 7).Select(days => Year.From.AddDays(days)).First(day => day.DayOfWeek == DayOfWeek.Saturday);
        await app.Given.RunAsync(course.Id, saturday);
        await app.Given.RunAsync(course.Id, London.Instant(saturday.AddDays(2), new TimeOnly(17, 0)), feePence: 6000);
        await app.Given.RunAtAsync(course.Id, (await app.Given.VenueAsync()).Id, Year.To);
        await app.Given.RunAsync(course.Id, Year.From.AddDays(-1));
        await app.Given.RunAsync(course.Id, Next.From);

        var page = await app.ReadAsync("/offer");

        Assert.Equal($"Training offer {Year}", page.Heading);
        Assert.Contains($"As of {London.Words(Today)}.", page.Main, StringComparison.Ordinal);
        Assert.Equal(
            ["3 1 on a Saturday, 1 at twilight 1 still to come", "Full day", "£60 or £82", "", "1 in person, 2 online"],
            Cells(page, "Offered in full"));
    }

    [Fact]
    public async Task Page_WhatVisitorsDoNotSee_IsNotCounted()
    {
        var course = await app.Given.CourseAsync("Half hidden", isOffered: true);
        var draft = await app.Given.CourseAsync("Hidden draft", pricePence: 100, isOffered: true, isDraft: true);
        var gone = await app.Given.CourseAsync("Not offered with a date", pricePence: 100);
        await app.Given.CourseAsync("Not offered without a date", pricePence: 100);
        await app.Given.RunAsync(course.Id, Year.To);
        await app.Given.RunAsync(draft.Id, Year.To);
        await app.Given.RunAsync(gone.Id, Year.To);

        var page = await app.ReadAsync("/offer");

        Assert.StartsWith("None yet", Cells(page, "Half hidden")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden draft", page.Main, StringComparison.Ordinal);
        Assert.StartsWith("1", Cells(page, "Not offered with a date")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Not offered without a date", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NextYear_IsThereOnceItHasADate()
    {
        var course = await app.Given.CourseAsync(pricePence: 5500, isOffered: true);
        await app.Given.RunAsync(course.Id, Next.From.AddDays(30));

        var page = await (await app.ReadAsync("/offer")).FollowAsync($"Training offer {Next}");

        Assert.Equal($"/offer/{Next.ToString().Replace('/', '-')}", page.Address);
        Assert.StartsWith("1", Cells(page, course.Title)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/offer/2019-20")]
    [InlineData("/offer/2026-29")]
    [InlineData("/offer/soon")]
    [InlineData("/offer/2019-20.xlsx")]
    [InlineData("/offer/soon.xlsx")]
    public async Task Year_WithoutAnOffer_IsNotFound(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.ReadAsync(address)).Status);

    [Fact]
    public async Task Workbook_OfTheYear_HasRealNumbersAndTheDatesToCome()
    {
        var course = await app.Given.CourseAsync("=Offered as a file", CourseLength.HalfDay, 5500, isOffered: true);
        await app.Given.RunAsync(course.Id, Year.From);
        var coming = await app.Given.RunAsync(course.Id, Year.To);

        await app.ReadAsync("/offer");

        var answer = await app.Browse().Client.GetAsync("/offer.xlsx", Ct);

        var file = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal($"training-offer-{Year.ToString().Replace('/', '-')}-as-of-{Today:yyyy-MM-dd}.xlsx", answer.Content.Headers.ContentDisposition?.FileNameStar ?? answer.Content.Headers.ContentDisposition?.FileName);
        var row = SheetOf(file, "Course").Single(one => one.Cells[0].Words == "=Offered as a file").Cells;
        Assert.Equal((2m, "Half day", 55m, "Online"), (row[3].Number, row[7].Words, row[8].Number, row[10].Words));
        var date = SheetOf(file, "Date").Single(one => one.Cells[3].Words == "=Offered as a file").Cells;
        Assert.Equal((Year.To.ToDateTime(TimeOnly.MinValue), new TimeOnly(9, 30), 55m), (date[0].Moment, date[1].TimeOfDay, date[5].Number));
        Assert.EndsWith(CatalogueUrls.Date(coming.Id), date[6].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_IsLinkedFromTheCatalogueTheStaffListsAndTheSitemap()
    {
        await app.Given.CourseAsync(isOffered: true);
        var staff = await app.BrowseAsStaffAsync();

        Assert.Equal("/offer", (await (await app.ReadAsync("/courses")).FollowAsync("the whole offer of the year on one page")).Address);
        Assert.Equal("/offer", (await (await staff.GetAsync("/staff/courses")).FollowAsync("Printed offer")).Address);
        Assert.Equal("/offer", (await (await staff.GetAsync("/staff/dates")).FollowAsync("Printed offer")).Address);
        Assert.Contains("/offer</loc>", (await app.ReadAsync("/sitemap.xml")).Text, StringComparison.Ordinal);
    }

    /// <summary>The rows of the sheet whose first column is that.</summary>
    private static IReadOnlyList<SheetRow> SheetOf(byte[] file, string column) =>
        Workbook.Read(file, rows => rows[0].Cells[0].Words == column).Sheets[0].Rows;

    /// <summary>The cells of the course's row, beside its title.</summary>
    private static IReadOnlyList<string> Cells(TestPage page, string title)
    {
        var row = page.Document.QuerySelectorAll("tbody tr").Single(one => one.QuerySelector("th a")?.TextContent == title);
        return [.. row.QuerySelectorAll("td").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
    }
}
