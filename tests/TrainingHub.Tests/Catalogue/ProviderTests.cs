using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Providers and their trainers kept by staff, as they do it at the pages.</summary>
public sealed class ProviderTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.GetUtcNow());

    [Fact]
    public async Task Add_ProviderThenTrainerWithCourses_AreKeptShownAndInHistory()
    {
        var course = await app.Given.CourseAsync("Delivered course", isOffered: true);
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/providers/new");

        var provider = await form.SubmitAsync(fill =>
        {
            (fill["Form.Name"], fill["Form.ContactName"], fill["Form.Email"]) = ("Swan Training", "Sue Swan", "sue@swan.example");
            (fill["Form.ContractFrom.Day"], fill["Form.ContractFrom.Month"], fill["Form.ContractFrom.Year"]) = ("1", "4", "2026");
            (fill["Form.ContractUntil.Day"], fill["Form.ContractUntil.Month"], fill["Form.ContractUntil.Year"]) = ("31", "3", "2027");
        });
        var trainer = await (await provider.FollowAsync("Add a trainer")).SubmitAsync(fill =>
        {
            fill["Form.Name"] = "Tariq Trainer";
            fill.Tick("Courses", course.Id.ToString());
        });

        Assert.Contains("Added by Ann Coordinator", provider.Main, StringComparison.Ordinal);
        Assert.Contains("Last day of the contract: nothing → 31 March 2027", provider.Main, StringComparison.Ordinal);
        Assert.Contains("May deliver: nothing → Delivered course", trainer.Main, StringComparison.Ordinal);
        var again = await trainer.Browser.GetAsync(provider.Address);
        Assert.Contains("Tariq Trainer Delivered course", again.Main, StringComparison.Ordinal);
        var list = await trainer.Browser.GetAsync("/staff/providers?q=tariq");
        Assert.Equal(["Swan Training Found by Tariq Trainer"], list.All("tbody th"));
        Assert.Contains("31 March 2027", list.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Name", "", "Enter the name of the provider")]
    [InlineData("Form.Email", "sue at swan", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("Form.ContractUntil.Day", "31", "Last day of the contract must include a month and year")]
    public async Task Add_BadInput_IsNamedAndNothingIsAdded(string field, string typed, string error)
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/providers/new");

        var page = await form.SubmitAsync(fill =>
        {
            fill["Form.Name"] = "Never Added";
            fill[field] = typed;
        });

        Assert.Equal([error], page.Errors);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.Providers.AnyAsync(provider => provider.Name == "Never Added", Ct)));
    }

    [Fact]
    public async Task Add_ContractThatEndsBeforeItBegins_IsRefusedAtItsEnd()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/providers/new");

        var page = await form.SubmitAsync(fill =>
        {
            fill["Form.Name"] = "Backwards";
            (fill["Form.ContractFrom.Day"], fill["Form.ContractFrom.Month"], fill["Form.ContractFrom.Year"]) = ("1", "4", "2027");
            (fill["Form.ContractUntil.Day"], fill["Form.ContractUntil.Month"], fill["Form.ContractUntil.Year"]) = ("31", "3", "2027");
        });

        Assert.Equal(["The last day of the contract must be the same as or after the first day"], page.Errors);
        Assert.NotNull(page.Document.QuerySelector("a[href='#Form_ContractUntil-day']"));
    }

    [Fact]
    public async Task Change_SomebodyElseWasFirst_SaysWhatChangedAndKeepsWhatWasTyped()
    {
        var provider = await app.Given.ProviderAsync();
        var (first, second) = (await OpenAsync(provider), await OpenAsync(provider));
        await first.SubmitAsync(fill => fill["Form.ContactName"] = "Sue Swan");

        var told = await second.SubmitAsync(fill => fill["Form.Phone"] = "01632 960 001");

        Assert.Contains("Contact name: nothing → known", told.Find("#changed-since").TextContent, StringComparison.Ordinal);
        Assert.Equal("01632 960 001", told.Find("input[name='Form.Phone']").GetAttribute("value"));
        var stored = await app.WithAsync((TrainingHubDb db) => db.Providers.AsNoTracking().SingleAsync(one => one.Id == provider.Id, Ct));
        Assert.Equal(("Sue Swan", null, 1), (stored.ContactName, stored.Phone, stored.Version));
    }

    [Fact]
    public async Task Page_DatesAfterTheContract_SaysHowMany()
    {
        var provider = await app.Given.ProviderAsync(contractUntil: Today.AddDays(30));
        var course = await app.Given.CourseAsync();
        await app.Given.RunByAsync(course.Id, provider.Id, Today.AddDays(30));
        await app.Given.RunByAsync(course.Id, provider.Id, Today.AddDays(31));

        var page = await OpenAsync(provider);

        Assert.Contains("1 coming date is after the contract ends on", page.Find("#after-contract").TextContent, StringComparison.Ordinal);
        Assert.Contains("It delivers 2 coming dates, with nobody on them yet", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trainer_AllTicksTaken_DeliversNothingAndAFormWithoutCoursesChangesNone()
    {
        var provider = await app.Given.ProviderAsync();
        var trainer = await app.Given.TrainerAsync(provider.Id, "Tia Trainer");
        var course = await app.Given.CourseAsync(isOffered: true);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/providers/{provider.Id}/trainers/{trainer.Id}");
        page = await page.SubmitAsync(fill => fill.Tick("Courses", course.Id.ToString()));

        page = await page.SubmitAsync(fill =>
        {
            fill.Clear("coursesShown");
            fill.Clear("Courses");
            fill["Form.Phone"] = "01632 960 001";
        });
        var kept = await CoursesAsync(trainer);
        await page.SubmitAsync(fill => fill.Clear("Courses"));

        Assert.Equal([course.Id], kept);
        Assert.Empty(await CoursesAsync(trainer));
    }

    [Fact]
    public async Task Archive_ProviderAndTrainer_AreMarkedAndComeBack()
    {
        var provider = await app.Given.ProviderAsync();
        var trainer = await app.Given.TrainerAsync(provider.Id, "Tom Trainer");
        var browser = await app.BrowseAsStaffAsync();
        var page = await browser.GetAsync($"/staff/providers/{provider.Id}/trainers/{trainer.Id}");

        await page.SubmitAsync(selector: "form[action*='handler=Archive']");
        var owner = await browser.GetAsync($"/staff/providers/{provider.Id}");
        var archived = await owner.SubmitAsync(selector: "form[action*='handler=Archive']");
        var restored = await archived.SubmitAsync(selector: "form[action*='handler=Restore']");

        Assert.Contains("Tom Trainer (archived)", owner.Main, StringComparison.Ordinal);
        Assert.Contains("It is not offered for new dates.", archived.Main, StringComparison.Ordinal);
        Assert.Contains("Restored by Ann Coordinator", restored.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trainer_OfAnotherProvider_IsNotFound()
    {
        var (here, elsewhere) = (await app.Given.ProviderAsync(), await app.Given.ProviderAsync());
        var trainer = await app.Given.TrainerAsync(elsewhere.Id, "Ted Trainer");

        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/providers/{here.Id}/trainers/{trainer.Id}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    private async Task<TestPage> OpenAsync(Provider provider) => await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/providers/{provider.Id}");

    private Task<List<Guid>> CoursesAsync(Trainer trainer) => app.WithAsync((TrainingHubDb db) =>
        db.TrainerCourses.Where(may => may.TrainerId == trainer.Id).Select(may => may.CourseId).ToListAsync(Ct));
}
