using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.Platform.Files;

public sealed class ImportPageTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Header = "course,run_reference,date,start,end,capacity\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_GoodFile_IsWrittenOnlyAfterAgreeing()
    {
        var browser = await SignInAsync();

        var preview = await UploadAsync(browser, Header + "Page course,PAGE-1,2027-03-27,09:30,12:30,20\n");
        var before = await CountAsync("PAGE-1");
        var done = await preview.SubmitAsync();

        Assert.Equal(("Check before importing", 0, 1), (preview.Heading, before, await CountAsync("PAGE-1")));
        Assert.Contains("New course: Page course.", preview.Main, StringComparison.Ordinal);
        Assert.Contains("1 added, 0 changed, 0 unchanged.", done.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FaultyFile_ListsErrorsAndCannotBeAgreedTo()
    {
        var page = await UploadAsync(await SignInAsync(), Header + "Page course,PAGE-2,tomorrow,09:30,12:30,20\n");

        Assert.Equal("The file has errors", page.Heading);
        Assert.Equal(["2", "date"], page.All("main tbody tr td").Take(2));
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Import_NothingChosen_SaysSoAtTheFields()
    {
        var page = await (await SignInAsync()).GetAsync("/staff/import");

        var refused = await page.SubmitAsync();

        Assert.Equal(["Choose what is in the file", "Choose a file"], refused.Errors);
    }

    [Fact]
    public async Task Import_FileOfAnotherPerson_IsNotFound()
    {
        var preview = await UploadAsync(await SignInAsync(), Header + "Page course,PAGE-3,2027-03-27,09:30,12:30,20\n");

        var other = await (await SignInAsync()).GetAsync(preview.Address);

        Assert.Equal("/staff/import", other.Address);
    }

    [Fact]
    public async Task PruneImportUploads_AfterAnHour_RemovesTheFile()
    {
        await UploadAsync(await SignInAsync(), Header + "Page course,PAGE-4,2027-03-27,09:30,12:30,20\n");
        app.Clock.Advance(TimeSpan.FromMinutes(61));

        var removed = await app.RunJobAsync("PruneImportUploads");

        Assert.True(removed >= 1);
        Assert.Equal(0, await app.WithAsync<TrainingHubDb, int>(db => db.ImportUploads.CountAsync(Ct)));
    }

    private async Task<int> CountAsync(string reference) =>
        await app.WithAsync<TrainingHubDb, int>(db => db.CourseRuns.CountAsync(run => run.Reference == reference, Ct));

    private static async Task<TestPage> UploadAsync(TestBrowser browser, string text)
    {
        var form = await browser.GetAsync("/staff/import");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("programme"), "Kind" },
        };
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Add(file, "Upload", "programme.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/import") { Content = content };
        var page = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }

    private async Task<TestBrowser> SignInAsync()
    {
        const string password = "walnut tractor 91 lighthouse";
        var email = $"coordinator-{Guid.NewGuid():N}@partnership.example";
        await app.WithAsync((AddStaff add) => add.RunAsync(email, "Ann Coordinator", password));
        var browser = app.Browse();
        await (await browser.GetAsync("/sign-in")).SubmitAsync(form =>
        {
            form["Form.Email"] = email;
            form["Form.Password"] = password;
        });
        return browser;
    }
}
