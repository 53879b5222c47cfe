using System.Net;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class StaffEmailsPageTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emails_NotSignedIn_LeadsToTheSignIn()
    {
        var page = await bench.Browse().GetAsync("/staff/emails");

        Assert.StartsWith("/sign-in", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emails_None_SaysSo()
    {
        await bench.ClearAsync();

        var page = await (await SignInAsync()).GetAsync("/staff/emails");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("No emails have been written yet.", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emails_FilteredByState_ShowsOnlyThose()
    {
        await bench.ClearAsync();
        await bench.AddAsync("sent@x.example");
        await bench.Sender.SendAsync(Token);
        await bench.AddAsync("queued@x.example");

        var page = await (await SignInAsync()).GetAsync("/staff/emails?state=Sent");

        Assert.Contains("sent@x.example", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("queued@x.example", page.Main, StringComparison.Ordinal);
        Assert.Contains("All (2)", page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k7m2p9qx", 1)]
    [InlineData("OTHER234", 0)]
    public async Task Emails_ByReference_ShowsThatBooking(string about, int rows)
    {
        await bench.ClearAsync();
        await bench.AddAsync("mia@x.example");

        var page = await (await SignInAsync()).GetAsync($"/staff/emails?about={about}");

        Assert.Equal(rows, page.All("tbody tr").Count);
    }

    [Fact]
    public async Task TryAllAgain_SeveralFailed_QueuesThem()
    {
        await bench.ClearAsync();
        Guid[] ids = [await bench.AddAsync("mia@x.example"), await bench.AddAsync("kai@x.example")];
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.Refused, "554 looks like spam"));
        await bench.Sender.SendAsync(Token);
        var page = await (await SignInAsync()).GetAsync("/staff/emails?state=Failed");

        var after = await page.SubmitAsync(selector: "form[action*=TryAllAgain]");

        Assert.Contains("2 emails are queued again.", after.Main, StringComparison.Ordinal);
        Assert.All(await bench.RowsAsync(ids), row => Assert.Equal(EmailState.Queued, row.State));
    }

    [Theory]
    [InlineData("?state=Nonsense")]
    [InlineData("?page=0")]
    [InlineData("?page=99999999999")]
    [InlineData("?page=-3&state=Sent&about=%27%3B--")]
    public async Task Emails_OddAddress_IsStillAPage(string query)
    {
        var page = await (await SignInAsync()).GetAsync("/staff/emails" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Theory]
    [InlineData("okafor amina", 1)]
    [InlineData("AMINA", 1)]
    [InlineData("zoe", 0)]
    [InlineData("work.example", 1)]
    [InlineData("place neglect", 0)]
    public async Task Emails_ByName_AreThoseToThatPersonsAddress(string words, int rows)
    {
        await bench.ClearAsync();
        await bench.AddAsync("a.o@work.example");
        await bench.AddAsync("other@x.example");
        if (!await bench.WithAsync((TrainingHubDb db) => Task.FromResult(db.People.Any(person => person.EmailKey == "a.o@work.example"))))
        {
            await bench.Given.PersonAsync("Amína Okafor", "A.O@work.example");
        }

        var page = await (await SignInAsync()).GetAsync($"/staff/emails?q={Uri.EscapeDataString(words)}&sort=to");

        Assert.Equal(rows, page.All("tbody tr").Count);
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task Emails_AsAFile_HoldWhatIsShown(string kind, string type)
    {
        await bench.ClearAsync();
        await bench.AddAsync("=mia@x.example");
        await bench.AddAsync("other@x.example");

        var file = await (await SignInAsync()).GetAsync($"/staff/emails?file={kind}&q=mia%40x");

        Assert.Equal(type, file.Response.Content.Headers.ContentType?.MediaType);
        if (kind == "csv")
        {
            Assert.Equal(2, file.Text.Trim().Split('\n').Length);
            Assert.Contains("'=mia@x.example", file.Text, StringComparison.Ordinal);
        }
    }

    private async Task<TestBrowser> SignInAsync()
    {
        const string password = "walnut tractor 91 lighthouse";
        var email = $"coordinator-{Guid.NewGuid():N}@partnership.example";
        var added = await bench.WithAsync((AddStaff add) => add.RunAsync(email, "Ann Coordinator", password, StaffUser.WhoIsAlone));
        Assert.Empty(added.Errors);
        var browser = bench.Browse();
        var page = await (await browser.GetAsync("/sign-in")).SubmitAsync(form =>
        {
            form["Form.Email"] = email;
            form["Form.Password"] = password;
        });
        Assert.DoesNotContain("/sign-in", page.Address, StringComparison.Ordinal);
        return browser;
    }
}
