using System.Net;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A refused form of the journey is shown by a GET: Back and reload send nothing again, and what was typed is still there.</summary>
public sealed class RefusedFormTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Book_Refused_LeadsToAPageWithWhatWasTypedAndTheErrors()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var page = await browser.GetAsync($"/dates/{run}/book");

        var refused = await page.SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = ("Ann Able", "ann.x.example"));
        var again = await browser.GetAsync($"/dates/{run}/book");
        var next = await again.SubmitAsync(form => form["People[0].Email"] = "ann@x.example");

        Assert.Equal(HttpMethod.Get, refused.Response.RequestMessage!.Method);
        Assert.StartsWith("Error: ", refused.Title);
        Assert.Single(refused.Errors);
        Assert.Equal(refused.Errors, again.Errors);
        Assert.Equal("Ann Able", again.Find("[name='People[0].Name']").GetAttribute("value"));
        Assert.Equal("ann.x.example", again.Find("[name='People[0].Email']").GetAttribute("value"));
        Assert.Equal("About you and your organisation", next.Heading);
        Assert.Empty((await browser.GetAsync($"/dates/{run}/book")).Errors);
    }

    [Fact]
    public async Task Organisation_Refused_LeadsToAPageWithWhatWasTypedAndTheErrors()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var page = await world.ToOrganisationAsync(browser, run, "Ann Able|ann2@x.example", "Ben Best|ben2@x.example");

        var refused = await page.SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            form["Form.Email"] = "";
            form["Form.IsComing"] = "true";
        });
        var next = await refused.SubmitAsync(form => form["Form.Email"] = "bea2@x.example");

        Assert.Equal(HttpMethod.Get, refused.Response.RequestMessage!.Method);
        Assert.Equal(["Enter your work email address"], refused.Errors);
        Assert.Equal("Hill Primary School", refused.Find("[name='Form.Organisation']").GetAttribute("value"));
        Assert.Contains("3 places", next.Main);
    }

    [Fact]
    public async Task Payment_Refused_LeadsToAPageWithWhatWasTypedAndTheErrors()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var page = await (await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann3@x.example")).SubmitAsync(world.FillOrganisation);

        var refused = await page.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"], form["Form.PurchaseOrder"]) = ("Invoice", "", "PO 9"));
        var check = await refused.SubmitAsync(form => form["Form.InvoiceEmail"] = "finance@x.example");

        Assert.Equal(HttpMethod.Get, refused.Response.RequestMessage!.Method);
        Assert.Equal(["Enter the email address for the invoice"], refused.Errors);
        Assert.Equal("PO 9", refused.Find("[name='Form.PurchaseOrder']").GetAttribute("value"));
        Assert.Contains("PO 9", check.Main);
    }

    [Fact]
    public async Task Book_RefusedAfterPeopleWereTaken_CountsForNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        await world.ToCheckAsync(browser, run, "Ann Able|ann4@x.example");

        await (await browser.GetAsync($"/dates/{run}/book")).SubmitAsync(form => form["People[0].Name"] = "");

        Assert.Contains("Ann Able", (await browser.GetAsync($"/dates/{run}/book/check")).Main);
    }

    [Fact]
    public async Task Unavailable_AnotherDateChosen_TakesAllAnswersAlong()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        var other = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var check = await world.ToCheckAsync(browser, run, "Ann Able|ann5@x.example", "Ben Best|ben5@x.example");
        await world.BookPlace.RunAsync(world.Request(run, "first5@x.example"), TestContext.Current.CancellationToken);
        var full = await check.SubmitAsync();

        var link = full.Document.QuerySelectorAll("main a").Select(one => one.GetAttribute("href")!).Single(href => href.Contains($"{other}/book", StringComparison.Ordinal));
        var people = await browser.GetAsync(link);
        var next = await people.SubmitAsync();

        Assert.Equal("Ben Best", people.Find("[name='People[1].Name']").GetAttribute("value"));
        Assert.Equal($"/dates/{other}/book/check", next.Address);
        Assert.Contains("Hill Primary School", next.Main);
        Assert.Equal(HttpStatusCode.OK, next.Status);
    }

    [Fact]
    public async Task Book_NamesOfADateOfAnotherBrowser_AreNotTaken()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var other = await world.RunAsync(capacity: 10);
        await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann6@x.example");

        var page = await app.Browse().GetAsync($"/dates/{other}/book?from={run}");

        Assert.Equal("", page.Find("[name='People[0].Name']").GetAttribute("value") ?? "");
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
