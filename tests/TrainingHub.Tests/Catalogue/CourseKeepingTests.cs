using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Courses kept by staff, as they do it at the pages.</summary>
public sealed class CourseKeepingTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Soon => London.DateOf(app.Clock.GetUtcNow()).AddDays(20);

    [Fact]
    public async Task Add_ThenPublish_IsADraftNowhereAndThenEverywhere()
    {
        var browser = await app.BrowseAsStaffAsync();
        var draft = await (await browser.GetAsync("/staff/courses/new")).SubmitAsync(Fill("Lighthouse keeping"));
        var id = Guid.Parse(draft.Address.Split('/')[^1]);
        var run = await app.Given.RunAsync(id, London.Instant(Soon, Given.Morning), feePence: 5500);

        Assert.Contains("Draft. Visitors do not see it, nor its dates.", draft.Main, StringComparison.Ordinal);
        await SeesAsync("Lighthouse keeping", "lighthouse-keeping", run, isPublic: false);
        var published = await draft.SubmitAsync(selector: "form[action*='handler=Publish']");

        Assert.Contains("Published by Ann Coordinator", published.Main, StringComparison.Ordinal);
        Assert.Contains("Standing: Draft → In the offer", published.Main, StringComparison.Ordinal);
        await SeesAsync("Lighthouse keeping", "lighthouse-keeping", run, isPublic: true);
        var course = await app.Browse().GetAsync("/courses/lighthouse-keeping");
        Assert.Equal(["light the lamp", "keep the log"], course.All("#outcomes + div li"));
    }

    [Theory]
    [InlineData("Form.Summary", "Enter a summary, and save it, before you publish the course")]
    [InlineData("Form.Audience", "Say who it is for, and save it, before you publish the course")]
    [InlineData("Form.Outcomes", "Say what people will be able to do, and save it, before you publish the course")]
    public async Task Publish_WithoutWhatAPageNeeds_IsRefusedAtTheField(string field, string error)
    {
        var draft = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/courses/new")).SubmitAsync(fill =>
        {
            Fill($"Unfinished {Guid.NewGuid():N}")(fill);
            fill[field] = "";
        });

        var page = await draft.SubmitAsync(selector: "form[action*='handler=Publish']");

        Assert.Equal([error], page.Errors);
        Assert.NotNull(page.Document.QuerySelector($"a[href='#{field.Replace('.', '_')}']"));
    }

    [Theory]
    [InlineData("Form.Title", "", "Enter the title of the course")]
    [InlineData("Form.Outcomes", "- [bad](javascript:alert(1))", "The link “javascript:alert(1)” must start with https://, mailto: or tel:")]
    [InlineData("Form.RenewalMonths", "0", "Enter a number of months between 1 and 120")]
    [InlineData("Form.RenewalMonths", "three", "Months until it is taken again must be a number")]
    public async Task Add_BadInput_IsNamedAndNothingIsAdded(string field, string typed, string error)
    {
        var page = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/courses/new")).SubmitAsync(fill =>
        {
            Fill("Never Added")(fill);
            fill[field] = typed;
        });

        Assert.Equal([error], page.Errors);
        Assert.Equal(typed, page.Find($"[name='{field}']") is { LocalName: "textarea" } area ? area.TextContent : page.Find($"[name='{field}']").GetAttribute("value"));
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.Courses.AnyAsync(course => course.Title == "Never Added", Ct)));
    }

    [Fact]
    public async Task Preview_Texts_AreShownAndNothingIsSaved()
    {
        var course = await app.Given.CourseAsync();

        var page = await (await OpenAsync(course)).SubmitAsync(fill => fill["Form.Outcomes"] = "- see **clearly**\n- <script>x</script>", "main form:has([name='Form.Title'])", "Preview the texts");

        Assert.Equal("clearly", page.Find("#preview li strong").TextContent);
        Assert.Null(page.Document.QuerySelector("#preview script"));
        Assert.Equal("- see **clearly**\n- <script>x</script>", page.Find("textarea[name='Form.Outcomes']").TextContent);
        Assert.Null((await CourseAsync(course.Id)).Outcomes);

        await page.SubmitAsync(selector: "main form:has([name='Form.Title'])", button: "Save");
        Assert.Equal("- see **clearly**\n- <script>x</script>", (await CourseAsync(course.Id)).Outcomes?.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Change_Title_KeepsTheOldOneItsAddressAndItsSearch()
    {
        var draft = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/courses/new")).SubmitAsync(Fill("Kettle boiling"));
        var published = await draft.SubmitAsync(selector: "form[action*='handler=Publish']");

        await published.SubmitAsync(fill => fill["Form.Title"] = "Teapot warming", "main form[method=post]:has([name='Form.Title'])");

        var browser = app.Browse();
        Assert.Equal(["/courses/kettle-boiling", "/courses/kettle-boiling"],
            [(await browser.GetAsync("/courses/kettle-boiling")).Address, (await browser.GetAsync("/courses/teapot-warming")).Address]);
        var page = await browser.GetAsync("/courses/Kettle-Boiling");
        Assert.Equal("Teapot warming", page.Heading);
        Assert.Contains("Also known as Kettle boiling", page.Main, StringComparison.Ordinal);
        Assert.Contains("Teapot warming", (await browser.GetAsync("/courses?q=kettle")).Main, StringComparison.Ordinal);
        var id = Guid.Parse(published.Address.Split('/')[^1]);
        Assert.Equal(id, await app.WithAsync(async (TrainingHubDb db) => (await CourseFinder.ReadAsync(db, Ct)).Find("PDSCP - Kettle boiling")));
    }

    [Fact]
    public async Task Change_TitleOfAnotherCourseNowOrBefore_IsRefused()
    {
        var (course, other) = (await app.Given.CourseAsync(), await app.Given.CourseAsync());
        await app.Given.EarlierTitleAsync(other.Id, "Once upon a course");

        var page = await (await OpenAsync(course)).SubmitAsync(fill => fill["Form.Title"] = "Once Upon a  Course", "main form:has([name='Form.Title'])");

        Assert.Equal(["Another course has or had this title. Results and imports could not tell them apart"], page.Errors);
        Assert.Equal(course.Title, (await CourseAsync(course.Id)).Title);
    }

    [Fact]
    public async Task Change_SomebodyElseWasFirst_SaysWhatChangedAndKeepsWhatWasTyped()
    {
        var course = await app.Given.CourseAsync();
        var (first, second) = (await OpenAsync(course), await OpenAsync(course));
        await first.SubmitAsync(fill => fill["Form.Level"] = "Level 3", "main form:has([name='Form.Title'])");

        var told = await second.SubmitAsync(fill => fill["Form.Bring"] = "A pencil", "main form:has([name='Form.Title'])");

        Assert.Contains("Level: nothing → Level 3", told.Find("#changed-since").TextContent, StringComparison.Ordinal);
        Assert.Equal("A pencil", told.Find("textarea[name='Form.Bring']").TextContent);
        Assert.Null((await CourseAsync(course.Id)).Bring);
    }

    [Fact]
    public async Task Change_FieldsThatTheFormLacks_StayAsTheyAre()
    {
        var course = await app.Given.CourseAsync(length: CourseLength.HalfDay);
        var page = await OpenAsync(course);

        await page.SubmitAsync(fill =>
        {
            fill.Clear("Form.Length");
            fill.Clear("Form.IsNew");
            fill["Form.Level"] = "Level 2";
        }, "main form:has([name='Form.Title'])");

        var after = await CourseAsync(course.Id);
        Assert.Equal(("Level 2", CourseLength.HalfDay), (after.Level, after.Length));
    }

    [Fact]
    public async Task Archive_WithComingDates_IsRefusedWithTheirNumber()
    {
        var course = await app.Given.CourseAsync(isOffered: true);
        await app.Given.RunAsync(course.Id, Soon);

        var page = await (await OpenAsync(course)).SubmitAsync(selector: "form[action*='handler=Archive']");

        Assert.Equal(["It has 1 coming date, with nobody on it yet. Cancel or move them first; until then you can take it out of the offer"], page.Errors);
        Assert.Null((await CourseAsync(course.Id)).ArchivedAt);
    }

    [Fact]
    public async Task Life_OutOfTheOfferArchivedRestoredAndBack_IsInTheListsOfEach()
    {
        var course = await app.Given.CourseAsync(isOffered: true);
        var q = Uri.EscapeDataString(course.Title);
        var page = await OpenAsync(course);

        page = await page.SubmitAsync(selector: "form[action*='handler=TakeOut']");
        Assert.Equal([course.Title], (await page.Browser.GetAsync($"/staff/courses?show=not-offered&q={q}")).All("tbody th a"));
        Assert.Contains("This course is not offered now", (await app.Browse().GetAsync($"/courses/{course.Slug}")).Main, StringComparison.Ordinal);
        page = await page.SubmitAsync(selector: "form[action*='handler=Archive']");
        Assert.Equal([course.Title], (await page.Browser.GetAsync($"/staff/courses?show=archived&q={q}")).All("tbody th a"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync($"/courses/{course.Slug}")).Status);
        page = await page.SubmitAsync(selector: "form[action*='handler=Restore']");
        page = await page.SubmitAsync(selector: "form[action*='handler=PutIn']");
        Assert.Equal([course.Title], (await page.Browser.GetAsync($"/staff/courses?show=offer&q={q}")).All("tbody th a"));
        Assert.Equal(4, (await CourseAsync(course.Id)).Version);
    }

    [Fact]
    public async Task Publish_Twice_SaysThatItWasDoneBefore()
    {
        var draft = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/courses/new")).SubmitAsync(Fill("Published twice"));
        await draft.SubmitAsync(selector: "form[action*='handler=Publish']");

        var page = await draft.SubmitAsync(selector: "form[action*='handler=Publish']");

        Assert.Contains("Nothing changed: somebody else has done this", Assert.Single(page.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_Words_AreReadByVisitorsAndASecondEditorIsTold()
    {
        var course = await app.Given.CourseAsync(isOffered: true);
        await (await OpenAsync(course)).SubmitAsync(fill => fill["Form.Tag"] = "Linked to XYZ", "main form:has([name='Form.Title'])");
        var (first, second) = (await TagsAsync(), await TagsAsync());
        var number = first.All("main label").ToList().IndexOf("Linked to XYZ");

        await SetWordsAsync(first, number, "From a letter of thanks");
        var told = await SetWordsAsync(second, number, "From elsewhere");

        Assert.Contains("Somebody else changed one of these", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Contains("From a letter of thanks", (await app.Browse().GetAsync($"/courses/{course.Slug}")).Main, StringComparison.Ordinal);
        Assert.Contains("Linked to XYZ: nothing → From a letter of thanks", told.Main, StringComparison.Ordinal);
    }

    private async Task<TestPage> TagsAsync() => await (await app.BrowseAsStaffAsync()).GetAsync("/staff/courses/tags");

    private static async Task<TestPage> SetWordsAsync(TestPage page, int number, string words)
    {
        var fields = page.Fields(_ => { }).ToList();
        var at = fields.Select((field, index) => (field, index)).Where(one => one.field.Key == "words").ElementAt(number).index;
        fields[at] = KeyValuePair.Create("words", words);
        return await page.Browser.PostAsync("/staff/courses/tags", fields);
    }

    /// <summary>Whether visitors find the course and its date, in all the places where they might.</summary>
    private async Task SeesAsync(string title, string slug, CourseRun run, bool isPublic)
    {
        var browser = app.Browse();
        var found = isPublic ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        foreach (var address in new[] { $"/courses/{slug}", $"/courses/{slug}.ics", $"/dates/{run.Id}", $"/dates/{run.Id}/book" })
        {
            Assert.Equal((address, found), (address, (await browser.GetAsync(address)).Status));
        }

        Assert.NotEqual(HttpStatusCode.InternalServerError, (await browser.GetAsync($"/dates/{run.Id}/wait")).Status);
        foreach (var address in new[] { $"/courses?q={slug.Split('-')[0]}&x={Guid.NewGuid()}", "/courses", "/", "/feed.atom", "/courses.ics", "/sitemap.xml", "/api/v1/courses", "/api/v1/dates" })
        {
            var text = (await browser.GetAsync(address)).Text;
            Assert.Equal((address, isPublic), (address, text.Contains(title, StringComparison.Ordinal) || text.Contains(slug, StringComparison.Ordinal) || text.Contains(run.Id.ToString(), StringComparison.Ordinal)));
        }
    }

    private static Action<TestForm> Fill(string title) => fill =>
    {
        (fill["Form.Title"], fill["Form.Summary"], fill["Form.Audience"]) = (title, $"What it is about: {title}.", "Everybody");
        fill["Form.Outcomes"] = "- light the lamp\n- keep the log";
    };

    private async Task<TestPage> OpenAsync(Course course) => await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/courses/{course.Id}");

    private Task<Course> CourseAsync(Guid id) => app.WithAsync((TrainingHubDb db) => db.Courses.AsNoTracking().SingleAsync(course => course.Id == id, Ct));
}
