using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Next year's programme from the screen alone: from the list of dates to what visitors see.</summary>
public sealed class NextYearPagesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FinancialYear Year => FinancialYear.Of(London.DateOf(app.Clock.GetUtcNow())).Next;

    [Fact]
    public async Task Programme_Of130Dates_IsCopiedReviewedAndPublished()
    {
        var course = await app.Given.CourseAsync("Copied course", pricePence: 5500);
        await app.Given.CopyAsync(Enumerable.Range(0, 130).Select(day => Given.NewRun(course.Id, London.Instant(Year.From.AddDays(day * 2), Given.Morning), capacity: 20)));
        var staff = await app.BrowseAsStaffAsync();

        var choose = await (await staff.GetAsync("/staff/dates")).FollowAsync("Next year’s programme");
        var plan = await choose.SubmitAsync(form => form["Year"] = $"{Year}", "main form[method=get]");
        var review = await plan.SubmitAsync(button: "Make 130 drafts");
        Assert.Contains("130 drafts are made.", review.Main, StringComparison.Ordinal);
        Assert.Equal(130, review.Document.QuerySelectorAll("tbody tr").Length);
        var preview = await review.SubmitAsync(
            form =>
            {
                form["Rows[0].Places"] = "12";
                form["Rows[129].Start"] = "10am";
                form.Tick("Rows[64].LeaveOut", "true");
            },
            "main form[method=post]",
            button: "Save, and go on to publish all");
        Assert.Contains("Saved: 2 dates changed, 1 date left out.", preview.Main, StringComparison.Ordinal);
        var done = await preview.SubmitAsync(button: "Publish 129 dates");

        Assert.Contains("129 dates are published.", done.Main, StringComparison.Ordinal);
        var copies = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.CopiedFromId != null && run.CourseId == course.Id).OrderBy(run => run.StartsAt).ToListAsync(Ct));
        Assert.All(copies, run => Assert.Equal((RunState.Scheduled, Year.Next), (run.State, FinancialYear.Of(run.RunsOn))));
        Assert.Equal((129, 12, "10:00"), (copies.Count, copies[0].Capacity, London.At(copies[^1].StartsAt).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("130 dates, 129 copied", (await staff.GetAsync("/staff/dates/next-year")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_BadInput_StandsBesideTheRowAndWhatWasTypedIsKept()
    {
        var course = await app.Given.CourseAsync("Reviewed course", pricePence: 5500);
        var day = London.DateOf(app.Clock.GetUtcNow()).AddDays(40);
        var (first, second) = (await app.Given.DraftAsync(course.Id, day), await app.Given.DraftAsync(course.Id, day.AddDays(7)));
        var review = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/drafts?course={course.Id}");

        var page = await review.SubmitAsync(form =>
        {
            (form["Rows[0].Day"], form["Rows[0].End"], form["Rows[0].Places"]) = ("31/2/2027", "9:00", "lots");
            form["Rows[1].Places"] = "14";
        });

        Assert.Equal(
            [
                "Row 1, Reviewed course: Enter a date, like 27/3/2028", "Row 1, Reviewed course: It must end after it starts, on the same day",
                "Row 1, Reviewed course: Places must be a number from 1 to 500",
            ],
            page.Errors);
        Assert.Equal(3, page.Document.QuerySelectorAll("tbody tr:first-child .govuk-error-message").Length);
        Assert.Equal(("31/2/2027", "14"), (page.Find("#Rows_0__Day").GetAttribute("value"), page.Find("#Rows_1__Places").GetAttribute("value")));
        Assert.Equal(20, await PlacesAsync(second.Id));
        var past = await review.SubmitAsync(form => form["Rows[0].Day"] = "1/1/2020");
        Assert.Equal(["Row 1, Reviewed course: The date must be in the future"], past.Errors);
        var forged = await review.SubmitAsync(form => { form.Clear("Rows[0].Where"); form.Forge("Rows[0].Where", $"{first.Id}"); });
        Assert.Equal(["Row 1, Reviewed course: Select a venue from the list"], forged.Errors);
    }

    [Fact]
    public async Task Review_SomebodyElseWasFaster_SavesNothingOverIt()
    {
        var course = await app.Given.CourseAsync("Raced course", pricePence: 5500);
        var day = London.DateOf(app.Clock.GetUtcNow()).AddDays(40);
        var (one, other) = (await app.Given.DraftAsync(course.Id, day), await app.Given.DraftAsync(course.Id, day.AddDays(7)));
        var slow = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/drafts?course={course.Id}");
        await slow.SubmitAsync(form => form["Rows[0].Places"] = "12");

        var page = await slow.SubmitAsync(form => (form["Rows[0].Places"], form["Rows[1].Places"]) = ("14", "15"));

        Assert.Contains("Row 1, Raced course: Somebody else has changed it.", page.Errors[0], StringComparison.Ordinal);
        Assert.Equal((12, 20), (await PlacesAsync(one.Id), await PlacesAsync(other.Id)));
        await page.SubmitAsync();
        Assert.Equal((14, 15), (await PlacesAsync(one.Id), await PlacesAsync(other.Id)));
        await app.WithAsync((PublishRuns publish) => publish.RunAsync([one.Id], new(Guid.NewGuid(), "Ann"), Ct));
        var gone = await page.SubmitAsync(form => form["Rows[1].Places"] = "16");
        Assert.Contains("1 date was published or deleted by somebody else", gone.Errors[0], StringComparison.Ordinal);
        Assert.Equal(15, await PlacesAsync(other.Id));
    }

    [Fact]
    public async Task Pages_WithoutAnything_SayWhatToDo()
    {
        var staff = await app.BrowseAsStaffAsync();

        Assert.Contains("No drafts match.", (await staff.GetAsync($"/staff/dates/drafts?course={Guid.NewGuid()}")).Main, StringComparison.Ordinal);
        Assert.Contains("No drafts were chosen.", (await staff.GetAsync("/staff/dates/publish")).Main, StringComparison.Ordinal);
        Assert.Equal(["Select a year from the list"], (await staff.GetAsync("/staff/dates/next-year?year=1999/00")).Errors);
    }

    [Fact]
    public async Task New_KeptAsDrafts_AreDraftsAndHolidaysAreNamed()
    {
        var course = await app.Given.CourseAsync("New drafts", pricePence: 5500);
        await app.Given.SchoolHolidayAsync("February half-term", new(2027, 2, 15), new(2027, 2, 19));
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/new?course={course.Id}");

        var plan = await form.SubmitAsync(fields =>
        {
            (fields["Form.Day"], fields["Form.Delivery"]) = ("9/2/2027", "Online");
            (fields["Repeat"], fields["Count"]) = ("EveryWeek", "3");
        });
        Assert.Equal(["It is in the school holidays: February half-term."], plan.All(".govuk-checkboxes__item .govuk-hint"));
        var done = await plan.SubmitAsync(button: "Keep them as drafts");

        Assert.Contains("2 dates are added as drafts.", done.Main, StringComparison.Ordinal);
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => DraftDate.All(db).CountAsync(run => run.CourseId == course.Id, Ct)));
    }

    private Task<int> PlacesAsync(Guid id) =>
        app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == id).Select(run => run.Capacity).SingleAsync(Ct));
}
