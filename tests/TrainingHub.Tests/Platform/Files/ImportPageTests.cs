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

        var preview = await UploadAsync(browser, Header + "First course,PAGE-1,2027-03-27,09:30,12:30,20\n");
        var before = await CountAsync("PAGE-1");
        await preview.SubmitAsync(button: "Import these rows");
        var done = await WorkAsync(preview);

        Assert.Equal(("Check before importing", 0, 1), (preview.Heading, before, await CountAsync("PAGE-1")));
        Assert.Contains("New course: First course.", preview.Main, StringComparison.Ordinal);
        Assert.Contains("27 March 2027", preview.Main, StringComparison.Ordinal);
        Assert.Equal("The file is imported", done.Heading);
        Assert.Contains("1 added, 0 changed, 0 unchanged.", done.Main, StringComparison.Ordinal);
        Assert.Contains("programme.csv", (await browser.GetAsync("/staff/import")).Main, StringComparison.Ordinal);
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
    public async Task Import_OddHeadingsAndNames_AreExplainedOnceAndRemembered()
    {
        const string Odd = "Name of training,Ref,date,start,end,capacity,area,Remarks\nPage course,PAGE-5,2027-03-27,09:30,12:30,20,Poole,x\n";
        var browser = await SignInAsync();
        var first = await UploadAsync(browser, Odd);

        await first.SubmitAsync(form =>
        {
            form["Headings[0].Column"] = "course";
            form["Headings[1].Column"] = "run_reference";
        });
        var second = await WorkAsync(first);
        await second.SubmitAsync(form => form["Values[0].Means"] = "BCP");
        var third = await WorkAsync(second);
        var another = await UploadAsync(browser, Odd.Replace("PAGE-5", "PAGE-6", StringComparison.Ordinal));

        Assert.Equal("The file has errors", first.Heading);
        Assert.Contains("“Poole” is not known", second.Main, StringComparison.Ordinal);
        Assert.Equal(("Check before importing", "Check before importing"), (third.Heading, another.Heading));
        Assert.Contains("Column H, “Remarks”", another.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FileOfAnotherKind_IsCheckedAsThatByAClick()
    {
        var page = await UploadAsync(await SignInAsync(), Header + "Page course,PAGE-7,2027-03-27,09:30,12:30,20\n", "bookings");

        await page.SubmitAsync(button: "Check it as “Programme: courses and dates”");
        var checkedAs = await WorkAsync(page);

        Assert.Contains("This is a programme file.", page.Main, StringComparison.Ordinal);
        Assert.Equal("Check before importing", checkedAs.Heading);
    }

    [Fact]
    public async Task Import_Changed_ShowsOldAndNew()
    {
        var browser = await SignInAsync();
        var first = await UploadAsync(browser, Header + "Page course,PAGE-8,2027-03-27,09:30,12:30,20\n");
        await first.SubmitAsync(button: "Import these rows");
        await WorkAsync(first);

        var second = await UploadAsync(browser, Header + "Page course,PAGE-8,2027-03-27,09:30,12:30,24\n");

        Assert.Equal(["PAGE-8", "capacity", "20", "24"], second.All("[aria-labelledby=changes] tbody tr > *"));
    }

    [Fact]
    public async Task Import_ProcessDiesHalfWay_WritesNothingAndSaysSo()
    {
        var browser = await SignInAsync();
        var preview = await UploadAsync(browser, Header + "Page course,PAGE-9,2027-03-27,09:30,12:30,20\n");
        await preview.SubmitAsync(button: "Import these rows");
        await app.WithAsync<TrainingHubDb>(db => db.Database.ExecuteSqlAsync($"update import_uploads set lease_until = {app.Clock.Now} where state = 'Importing'", Ct));

        var page = await WorkAsync(preview);

        Assert.Equal(("The work on this file was interrupted", 0), (page.Heading, await CountAsync("PAGE-9")));
        await page.SubmitAsync();
        Assert.Equal("Check before importing", (await WorkAsync(page)).Heading);
    }

    [Fact]
    public async Task Import_SameFileAgreedToTwiceAtOnce_RunsOnce()
    {
        var (ann, ben) = (await SignInAsync(), await SignInAsync());
        const string File = Header + "Page course,PAGE-10,2027-03-27,09:30,12:30,20\n";
        var (first, second) = (await UploadAsync(ann, File), await UploadAsync(ben, File));

        await first.SubmitAsync(button: "Import these rows");
        var refused = await second.SubmitAsync(button: "Import these rows");

        Assert.Equal(["This file is being imported at this moment. Look again when that is done."], refused.Errors);
        await WorkAsync(first);
        Assert.Equal(1, await CountAsync("PAGE-10"));
    }

    [Theory]
    [InlineData("programme", 15)]
    [InlineData("bookings", 12)]
    [InlineData("survey-responses", 14)]
    public async Task Template_OfAKind_ComesBackAsAnEmptyFileWithItsColumns(string kind, int columns)
    {
        var browser = await SignInAsync();
        var response = await browser.Client.GetAsync($"/staff/import/templates/{kind}.xlsx", Ct);

        var page = await UploadAsync(browser, await response.Content.ReadAsByteArrayAsync(Ct), kind, "template.xlsx");

        Assert.Contains("The file has no rows. Nothing to do.", page.Main, StringComparison.Ordinal);
        Assert.Contains("Row 2, the example of the template", page.Main, StringComparison.Ordinal);
        Assert.True(response.IsSuccessStatusCode && columns <= 15);
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
        var page = await UploadAsync(await SignInAsync(), Header + "Page course,PAGE-4,2027-03-27,09:30,12:30,20\n");
        var id = Guid.Parse(page.Address.Split('/')[^1]);
        app.Clock.Advance(TimeSpan.FromMinutes(61));

        var removed = await app.RunJobAsync("PruneImportUploads");

        Assert.True(removed >= 1);
        Assert.Equal(0, await app.WithAsync<TrainingHubDb, int>(db => db.ImportUploads.CountAsync(upload => upload.Id == id, Ct)));
    }

    private async Task<int> CountAsync(string reference) =>
        await app.WithAsync<TrainingHubDb, int>(db => db.CourseRuns.CountAsync(run => run.Reference == reference, Ct));

    private Task<TestPage> UploadAsync(TestBrowser browser, string text, string kind = "programme") =>
        UploadAsync(browser, Encoding.UTF8.GetBytes(text), kind, "programme.csv");

    /// <summary>Sends a file in and lets the background check it.</summary>
    private async Task<TestPage> UploadAsync(TestBrowser browser, byte[] bytes, string kind, string name)
    {
        var form = await browser.GetAsync("/staff/import");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(kind), "Kind" },
        };
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Add(file, "Upload", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/import") { Content = content };
        var page = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return await WorkAsync(page);
    }

    /// <summary>Lets the background work and looks at the page again.</summary>
    private async Task<TestPage> WorkAsync(TestPage page)
    {
        await app.RunJobAsync("RunImports");
        return await page.Browser.GetAsync(page.Address);
    }

    private async Task<TestBrowser> SignInAsync()
    {
        const string password = "walnut tractor 91 lighthouse";
        var email = $"coordinator-{Guid.NewGuid():N}@partnership.example";
        await app.WithAsync((AddStaff add) => add.RunAsync(email, "Ann Coordinator", password, StaffUser.WhoIsAlone));
        var browser = app.Browse();
        await (await browser.GetAsync("/sign-in")).SubmitAsync(form =>
        {
            form["Form.Email"] = email;
            form["Form.Password"] = password;
        });
        return browser;
    }
}
