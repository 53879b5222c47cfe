using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>What somebody typed before their session ended: shown again to them alone, and sent by nobody but them, once.</summary>
public sealed class KeptFormTests(TestApp app) : IClassFixture<TestApp>
{
    private const string New = "/staff/school-holidays/new";
    private const string SignedOut = "You were signed out. Here is what you typed: check and send it again.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_AfterTheSessionEnded_IsShownFilledInAndDoneWhenSentAgain()
    {
        var (browser, email, name) = (app.Browse(), await app.AddStaffAsync(), Name());
        var signIn = await TypeAndLetEndAsync(browser, email, name);
        Assert.StartsWith("/sign-in?ReturnUrl=", signIn.Address);
        Assert.Equal(0, await CountAsync(name));

        var shown = await SignInAsync(signIn, email);
        Assert.StartsWith(New, shown.Address);
        Assert.Contains(SignedOut, shown.Main);
        Assert.Equal((name, "25/10/2027"), (Value(shown, "Form.Name"), Value(shown, "Form.FromOn")));
        Assert.Equal(0, await CountAsync(name));

        var sent = await shown.SubmitAsync();
        var again = await shown.SubmitAsync();

        Assert.Contains("The school holiday is added", sent.Main);
        Assert.Contains(StaffFormFilter.SentBefore, again.Main);
        Assert.Equal(1, await CountAsync(name));
        Assert.Equal(0, await KeptAsync(email));
    }

    [Fact]
    public async Task Send_ByOneWhoSignedOutInAnotherTab_IsShownToo()
    {
        var (browser, email, name) = (app.Browse(), await app.AddStaffAsync(), Name());
        await browser.SignInAsync(email, StaffDoor.Password);
        var form = await browser.GetAsync(New);
        await (await browser.GetAsync("/sign-out")).SubmitAsync();

        var shown = await SignInAsync(await FillAsync(form, name), email);

        Assert.Contains(SignedOut, shown.Main);
        Assert.Equal(name, Value(shown, "Form.Name"));
    }

    [Fact]
    public async Task Show_ToAnotherPerson_SaysNothingOfIt()
    {
        var (browser, email, name) = (app.Browse(), await app.AddStaffAsync(), Name());
        var signIn = await TypeAndLetEndAsync(browser, email, name);

        var other = await SignInAsync(signIn, await app.AddStaffAsync());
        var address = Uri.UnescapeDataString(signIn.Address.Split("ReturnUrl=")[1]);
        var elsewhere = await (await app.BrowseAsStaffAsync()).GetAsync(address);
        var ownElsewhere = await app.Browse().SignInAsync(email, StaffDoor.Password, "?ReturnUrl=" + Uri.EscapeDataString(address));

        foreach (var page in new[] { other, elsewhere, ownElsewhere })
        {
            Assert.Equal(New, page.Address);
            Assert.Contains("What was typed here is no longer kept.", page.Main);
            Assert.DoesNotContain(name, page.Text);
        }

        var guessed = await elsewhere.Browser.GetAsync("/staff/kept/" + address.Split("kept=")[1]);
        Assert.Equal(HttpStatusCode.NotFound, guessed.Status);
    }

    [Fact]
    public async Task Show_AnHourLater_FindsNothingAndTheJobRemovesIt()
    {
        var (browser, email, name) = (app.Browse(), await app.AddStaffAsync(), Name());
        var signIn = await TypeAndLetEndAsync(browser, email, name);

        app.Clock.Advance(TimeSpan.FromHours(1));
        var shown = await SignInAsync(signIn, email);

        Assert.Contains("What was typed here is no longer kept.", shown.Main);
        await app.RunJobAsync(nameof(PruneKeptForms));
        Assert.Equal(0, await KeptAsync(email));
    }

    [Fact]
    public async Task Show_EveryKindOfField_IsAsItWasTyped()
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync());
        await browser.SignInAsync(email, StaffDoor.Password);
        var form = await browser.GetAsync("/staff/venues/new");
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        const string Access = "A ramp \"at the back\" & <b>two</b> steps.\r\nRing first.";

        var signIn = await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.StepFree"], fields["Form.Access"]) = ("O'Brien <Hall>", "Yes", Access));
        var shown = await SignInAsync(signIn, email);

        Assert.Equal("O'Brien <Hall>", Value(shown, "Form.Name"));
        Assert.Equal("Yes", shown.Find("[name='Form.StepFree'] option[selected]").GetAttribute("value"));
        Assert.Equal(Access.ReplaceLineEndings("\n"), shown.Find("[name='Form.Access']").TextContent);
        Assert.Empty(shown.Document.QuerySelectorAll("main b"));
    }

    [Fact]
    public async Task Show_WhatItsPageHasNoFieldFor_StandsOnAPageOfItsOwnAndCanBeSent()
    {
        var (browser, email, name) = (app.Browse(), await app.AddStaffAsync(), Name());
        await browser.SignInAsync(email, StaffDoor.Password);
        var form = await browser.GetAsync(New);
        app.Clock.Advance(TimeSpan.FromMinutes(15));

        var signIn = await form.SubmitAsync(fields =>
        {
            Fill(fields, name);
            fields.Forge("Rows[3].RemarkToAll", "a row that was added");
        });
        var shown = await SignInAsync(signIn, email);
        Assert.StartsWith("/staff/kept/", shown.Address);
        Assert.Contains("Remark to all a row that was added", shown.Main);
        Assert.Equal(0, await CountAsync(name));
        var sent = await shown.SubmitAsync();

        Assert.Contains("The school holiday is added", sent.Main);
        Assert.Equal(1, await CountAsync(name));
    }

    [Fact]
    public async Task Keep_AFile_KeepsTheOtherFieldsAndAsksForItAgain()
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync());
        await browser.SignInAsync(email, StaffDoor.Password);
        var form = await browser.GetAsync("/staff/import");
        var kind = form.Find("[name=Kind]").GetAttribute("value")!;
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(kind), "Kind" },
            { new ByteArrayContent("secret,file"u8.ToArray()), "Upload", "people.csv" },
        };
        await content.LoadIntoBufferAsync(Ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/import") { Content = content };

        var shown = await SignInAsync(await browser.SendAsync(request), email);

        Assert.Contains("choose the file again", shown.Main);
        Assert.True(shown.Find($"[name=Kind][value='{kind}']").HasAttribute("checked"));
    }

    [Theory]
    [InlineData("/staff/confirm", "Password")]
    [InlineData("/staff/account", "Form.Current")]
    public async Task Keep_APassword_Never(string page, string field)
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync());
        await browser.SignInAsync(email, StaffDoor.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var form = await browser.GetAsync(page);
        app.Clock.Advance(TimeSpan.FromMinutes(15));

        var signIn = await form.SubmitAsync(fields => fields[field] = StaffDoor.Password, $"form:has([name='{field}'])");

        Assert.StartsWith("/sign-in", signIn.Address);
        Assert.Equal(0, await KeptAsync(email));
    }

    [Fact]
    public async Task Keep_TooMuchOrTooMany_IsBounded()
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync());
        await browser.SignInAsync(email, StaffDoor.Password);
        var form = await browser.GetAsync(New);
        app.Clock.Advance(TimeSpan.FromMinutes(15));

        var tooMuch = await form.SubmitAsync(fields => fields["Form.Name"] = new string('x', KeptForms.MostCharacters));
        Assert.Equal(0, await KeptAsync(email));
        Assert.DoesNotContain("kept", tooMuch.Address);
        for (var i = 0; i < KeptForms.MostOfOnePerson + 3; i++)
        {
            await FillAsync(form, $"Holiday {i}");
        }

        Assert.Equal(KeptForms.MostOfOnePerson, await KeptAsync(email));
    }

    [Fact]
    public async Task Keep_WithoutTheFormsOwnToken_IsShownToNobody()
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync());
        await browser.SignInAsync(email, StaffDoor.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(15));

        var signIn = await browser.PostAsync(New, [new("Form.Name", "planted"), new("__RequestVerificationToken", "nonsense")]);
        var shown = await SignInAsync(signIn, email);

        Assert.DoesNotContain("planted", shown.Text);
        Assert.DoesNotContain(SignedOut, shown.Text);
    }

    [Fact]
    public async Task Keep_OfAStranger_StoresNothing()
    {
        var before = await app.WithAsync((TrainingHubDb db) => db.KeptForms.CountAsync(Ct));

        var page = await app.Browse().PostAsync(New, [new("Form.Name", "nobody")]);

        Assert.StartsWith("/sign-in", page.Address);
        Assert.Equal(before, await app.WithAsync((TrainingHubDb db) => db.KeptForms.CountAsync(Ct)));
    }

    [Fact]
    public async Task Keep_AskedForByTheScriptWhileSignedInAgain_DoesNothingElse()
    {
        var (browser, name) = (await app.BrowseAsStaffAsync(), Name());

        var shown = await (await browser.GetAsync(New)).SubmitAsync(fields =>
        {
            Fill(fields, name);
            fields.Forge(PostedForm.KeepField, "yes");
        });

        Assert.Contains(SignedOut, shown.Main);
        Assert.Equal(name, Value(shown, "Form.Name"));
        Assert.Equal(0, await CountAsync(name));
    }

    [Fact]
    public async Task Send_FromTwoTabsAtOnce_IsDoneOnce()
    {
        var (browser, email, name) = (app.Browse(), await app.AddStaffAsync(), Name());
        var shown = await SignInAsync(await TypeAndLetEndAsync(browser, email, name), email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shown.SubmitAsync()));

        // The message is in a cookie that all four share, so that another page may show it.
        Assert.Contains(answers, page => page.Main.Contains("The school holiday is added", StringComparison.Ordinal));
        Assert.Equal(1, await CountAsync(name));
    }

    private async Task<TestPage> TypeAndLetEndAsync(TestBrowser browser, string email, string name)
    {
        await browser.SignInAsync(email, StaffDoor.Password);
        var form = await browser.GetAsync(New);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        return await FillAsync(form, name);
    }

    private static Task<TestPage> FillAsync(TestPage form, string name) => form.SubmitAsync(fields => Fill(fields, name));

    private static void Fill(TestForm fields, string name) =>
        (fields["Form.Name"], fields["Form.FromOn"], fields["Form.UntilOn"]) = (name, "25/10/2027", "29/10/2027");

    private static Task<TestPage> SignInAsync(TestPage signIn, string email) => signIn.SubmitAsync(form =>
        (form["Form.Email"], form["Form.Password"]) = (email, StaffDoor.Password));

    private static string Name() => $"Half term {Guid.NewGuid():N}"[..30];

    private static string? Value(TestPage page, string field) => page.Find($"[name='{field}']").GetAttribute("value");

    private Task<int> CountAsync(string name) => app.WithAsync((TrainingHubDb db) => db.SchoolHolidays.CountAsync(holiday => holiday.Name == name, Ct));

    private Task<int> KeptAsync(string email) => app.WithAsync((TrainingHubDb db) =>
        db.KeptForms.CountAsync(form => db.Users.Any(user => user.Email == email && user.Id == form.StaffUserId), Ct));
}
