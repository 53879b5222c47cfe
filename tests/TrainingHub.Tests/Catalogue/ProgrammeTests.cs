using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Programmes of modules: kept by staff at the pages, read by visitors.</summary>
public sealed class ProgrammeTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Soon => London.DateOf(app.Clock.GetUtcNow()).AddDays(20);

    [Fact]
    public async Task Add_ThreeModules_AreNumberedAndReadEverywhere()
    {
        var (first, second, third) = (
            await app.Given.CourseAsync("Beginnings", CourseLength.HalfDay, 5500, isOffered: true), await app.Given.CourseAsync("Listening", pricePence: 8200, isOffered: true),
            await app.Given.CourseAsync("Plans", pricePence: 0, isOffered: true));
        await app.Given.RunAsync(second.Id, Soon);
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/programmes/new");

        var saved = await form.SubmitAsync(fill =>
        {
            Fill("Quiet voices programme")(fill);
            Line(fill, 0, 3, third, ModuleBefore.FirstModule);
            Line(fill, 1, 1, first, ModuleBefore.Nothing);
            Line(fill, 2, 2, second, ModuleBefore.FirstModule);
        });

        Assert.Contains("The programme is added", saved.Main, StringComparison.Ordinal);
        Assert.Contains("Modules: nothing → 1. Beginnings; 2. Listening; 3. Plans", saved.Main, StringComparison.Ordinal);
        var page = await app.ReadAsync("/programmes/quiet-voices-programme");
        Assert.Equal(["Module 1: Beginnings", "Module 2: Listening", "Module 3: Plans"], page.All("h2.app-card__title"));
        Assert.Contains("3 modules. Each has its own dates and fee, and you book it by itself or together with others: book one, then add a date of each other module that you want. Take module 1 before modules 2 to 3.", page.Main, StringComparison.Ordinal);
        Assert.Contains("£82", page.Find("#module-2").TextContent, StringComparison.Ordinal);
        Assert.Single(page.All("#module-2 .app-date"));
        Assert.Contains("Tell me when there are dates", page.Find("#module-1").TextContent, StringComparison.Ordinal);
        var course = await app.ReadAsync($"/courses/{second.Slug}");
        Assert.Contains("Module 2 of 3: Quiet voices programme", course.Main, StringComparison.Ordinal);
        Assert.Contains("Take this course first: Beginnings", course.Main, StringComparison.Ordinal);
        Assert.Equal(page.Address, (await course.FollowAsync("Quiet voices programme")).Address);
        Assert.Contains("Quiet voices programme: a programme of 3 modules.", (await app.ReadAsync("/courses?q=quiet+voi")).Main, StringComparison.Ordinal);
        Assert.Contains("/programmes/quiet-voices-programme</loc>", (await app.ReadAsync("/sitemap.xml")).Text, StringComparison.Ordinal);
        Assert.Contains($"Module 2 of 3: Quiet voices programme", (await app.ReadAsync("/offer")).Main, StringComparison.Ordinal);
        Assert.Contains("Module 2 of Quiet voices programme", (await saved.Browser.GetAsync($"/staff/courses/{second.Id}")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OrderAndOneTakenOut_RenumbersAndTellsEachCourse()
    {
        var (programme, modules) = await GivenAsync(3);

        var page = await (await OpenAsync(programme)).SubmitAsync(fill =>
        {
            fill["Form.Modules[0].Number"] = "9";
            fill["Form.Modules[1].CourseId"] = "";
        });

        Assert.Contains($"1. {modules[2].Title}; 2. {modules[0].Title}", page.Main, StringComparison.Ordinal);
        var after = await ModulesAsync(modules);
        Assert.Equal([(2, null), (null, modules[0].Id), (1, (Guid?)null)], after.Select(course => (course.ModuleNumber, course.PrerequisiteId)));
        Assert.Equal([1, 1, 1], after.Select(course => course.Version));
        Assert.Contains($"Module: 2 of {programme.Title} → nothing", (await page.Browser.GetAsync($"/staff/courses/{modules[1].Id}")).Main, StringComparison.Ordinal);
    }

    // Otherwise each of the two would have to be taken before the other.
    [Fact]
    public async Task Change_TheSecondBecomesTheFirst_NeedsNoOtherModule()
    {
        var (programme, modules) = await GivenAsync(2);

        await (await OpenAsync(programme)).SubmitAsync(fill =>
        {
            (fill["Form.Modules[0].Number"], fill["Form.Modules[0].Before"]) = ("2", nameof(ModuleBefore.FirstModule));
            fill["Form.Modules[1].Number"] = "1";
        });

        var after = await ModulesAsync(modules);
        Assert.Equal([(2, modules[1].Id), (1, (Guid?)null)], after.Select(course => (course.ModuleNumber, course.PrerequisiteId)));
    }

    [Fact]
    public async Task Change_ModuleThatNeedsAnotherCourse_KeepsIt()
    {
        var other = await app.Given.CourseAsync();
        var programme = await app.Given.ProgrammeAsync();
        await app.Given.CourseAsync(programme: programme.Id, module: 1);
        var second = await app.Given.CourseAsync(programme: programme.Id, module: 2, before: other.Id);

        await (await OpenAsync(programme)).SubmitAsync(fill => fill["Form.Summary"] = "Said anew");

        var after = await ModulesAsync([second]);
        Assert.Equal((other.Id, 0), (after[0].PrerequisiteId, after[0].Version));
    }

    [Theory]
    [InlineData("Form.Title", "", "Enter the title of the programme")]
    [InlineData("Form.Summary", "", "Enter a summary")]
    [InlineData("Form.Modules[0].Number", "31", "Enter a module number between 1 and 30")]
    public async Task Add_BadInput_IsNamedAndNothingIsAdded(string field, string typed, string error)
    {
        var page = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/programmes/new")).SubmitAsync(fill =>
        {
            Fill("Never added programme")(fill);
            fill[field] = typed;
        });

        Assert.Equal([error], page.Errors);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.Programmes.AnyAsync(programme => programme.Title == "Never added programme", Ct)));
    }

    [Fact]
    public async Task Save_CourseTwiceOrOfAnotherProgrammeOrTakenTitle_IsRefused()
    {
        var (programme, modules) = await GivenAsync(2);
        var (other, theirs) = await GivenAsync(1);

        var twice = await (await OpenAsync(programme)).SubmitAsync(fill => fill["Form.Modules[2].CourseId"] = modules[0].Id.ToString());
        var stolen = await (await OpenAsync(programme)).SubmitAsync(fill => Forge(fill, theirs[0].Id));
        var named = await (await OpenAsync(programme)).SubmitAsync(fill => fill["Form.Title"] = other.Title.ToUpperInvariant());

        Assert.Equal(["A course stands in two lines. Choose another, or empty one of the lines"], twice.Errors);
        Assert.Equal(["One of the courses is a module of another programme now. Choose another, or take it out there first"], stolen.Errors);
        Assert.Equal(["Another programme has this title. Choose a title that tells them apart"], named.Errors);
        Assert.Equal([1, 2], (await ModulesAsync(modules)).Select(course => course.ModuleNumber));
    }

    [Fact]
    public async Task Change_SomebodyElseWasFirst_SaysWhatChangedAndKeepsWhatWasTyped()
    {
        var (programme, _) = await GivenAsync(1);
        var (first, second) = (await OpenAsync(programme), await OpenAsync(programme));
        await first.SubmitAsync(fill => fill["Form.Summary"] = "The first editor’s words");

        var told = await second.SubmitAsync(fill => fill["Form.Summary"] = "The second editor’s words");

        Assert.Contains("The first editor’s words", told.Find("#changed-since").TextContent, StringComparison.Ordinal);
        Assert.Equal("The second editor’s words", told.Find("textarea[name='Form.Summary']").TextContent);
    }

    [Fact]
    public async Task Change_CourseFormOpenMeanwhile_IsToldThatItsPrerequisiteChanged()
    {
        var (programme, modules) = await GivenAsync(2);
        var course = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/courses/{modules[1].Id}");
        await (await OpenAsync(programme)).SubmitAsync(fill => fill["Form.Modules[1].Before"] = nameof(ModuleBefore.Nothing));

        var told = await course.SubmitAsync(fill => fill["Form.Level"] = "Level 3", "main form:has([name='Form.Title'])");

        Assert.Contains("changed this while you had it open", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Null((await ModulesAsync(modules))[1].PrerequisiteId);
    }

    [Fact]
    public async Task Archive_ThenRestore_IsGoneForVisitorsAndBackWhileItsModulesStay()
    {
        var (programme, modules) = await GivenAsync(2);
        var address = $"/programmes/{programme.Slug}";

        var page = await (await OpenAsync(programme)).SubmitAsync(selector: "form[action*='handler=Archive']");
        Assert.Equal(HttpStatusCode.NotFound, (await app.ReadAsync(address)).Status);
        Assert.DoesNotContain(programme.Title, (await app.ReadAsync($"/courses/{modules[0].Slug}")).Main, StringComparison.Ordinal);
        Assert.Equal([programme.Title], (await page.Browser.GetAsync($"/staff/programmes?show=archived&q={Uri.EscapeDataString(programme.Title)}")).All("tbody th"));

        await page.SubmitAsync(selector: "form[action*='handler=Restore']");
        Assert.Equal(HttpStatusCode.OK, (await app.ReadAsync(address)).Status);
    }

    [Fact]
    public async Task Page_NoModuleThatVisitorsSee_IsNotFound()
    {
        var programme = await app.Given.ProgrammeAsync();
        await app.Given.CourseAsync(isDraft: true, programme: programme.Id, module: 1);

        Assert.Equal(HttpStatusCode.NotFound, (await app.ReadAsync($"/programmes/{programme.Slug}")).Status);
        Assert.Contains("Visitors do not see it yet", (await OpenAsync(programme)).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.ReadAsync("/programmes/none")).Status);
    }

    /// <summary>A programme of so many modules, of which the later ones need the first.</summary>
    private async Task<(Programme Programme, IReadOnlyList<Course> Modules)> GivenAsync(int count)
    {
        var programme = await app.Given.ProgrammeAsync();
        var modules = new List<Course>();
        for (var number = 1; number <= count; number++)
        {
            modules.Add(await app.Given.CourseAsync(isOffered: true, programme: programme.Id, module: number, before: modules.FirstOrDefault()?.Id));
        }

        return (programme, modules);
    }

    private static Action<TestForm> Fill(string title) => fill => (fill["Form.Title"], fill["Form.Summary"]) = (title, $"What {title} is about.");

    private static void Line(TestForm fill, int line, int number, Course course, ModuleBefore before) =>
        (fill[$"Form.Modules[{line}].Number"], fill[$"Form.Modules[{line}].CourseId"], fill[$"Form.Modules[{line}].Before"]) =
            ($"{number}", course.Id.ToString(), before.ToString());

    private static void Forge(TestForm fill, Guid course)
    {
        fill.Clear("Form.Modules[2].CourseId");
        fill.Forge("Form.Modules[2].CourseId", course.ToString());
    }

    private async Task<TestPage> OpenAsync(Programme programme) => await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/programmes/{programme.Id}");

    private async Task<IReadOnlyList<Course>> ModulesAsync(IReadOnlyList<Course> modules)
    {
        var courses = await app.WithAsync((TrainingHubDb db) => db.Courses.AsNoTracking().ToDictionaryAsync(course => course.Id, Ct));
        return [.. modules.Select(module => courses[module.Id])];
    }
}
