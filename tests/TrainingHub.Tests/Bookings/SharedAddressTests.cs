using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Several people on one address, over HTTP: booked, named, and known to nobody who did not book them.</summary>
public sealed class SharedAddressTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Book_TwoPeopleOnOneAddress_BooksBothAndWritesToEachByName()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var check = await world.ToCheckAsync(app.Browse(), run, "Alice Ames|office@s1.example", "Tom Tate|Office@s1.example");

        var done = await check.SubmitAsync();

        Assert.Contains("We write to office@s1.example about Alice Ames and Tom Tate separately.", check.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal("Alice Ames, Tom Tate", await world.TextAsync("select string_agg(delegate_name, ', ' order by delegate_name) from places where run_id = $1", run));
        Assert.Equal(
            "Alice Ames, you are booked: Neglect; Tom Tate, you are booked: Neglect",
            await world.TextAsync("select string_agg(subject, '; ' order by subject) from outgoing_emails where lower(to_address) = 'office@s1.example'"));
    }

    [Fact]
    public async Task Book_SamePersonTwice_IsListedTwice()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var page = await world.ToOrganisationAsync(app.Browse(), run, "Siân O’Brien|office@s2.example", "sian obrien|OFFICE@s2.example");

        Assert.Equal(["sian obrien is listed twice with this email address. Remove one of them, or enter somebody else"], page.Errors);
    }

    [Fact]
    public async Task Book_ColleagueLaterOnTheSameAddress_IsBooked()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await (await world.ToCheckAsync(app.Browse(), run, "Alice Ames|office@s3.example")).SubmitAsync();

        var done = await (await world.ToCheckAsync(app.Browse(), run, "Tom Tate|office@s3.example")).SubmitAsync();

        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(2, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task Book_PersonHasAPlaceByAStranger_LearnsNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await (await world.ToCheckAsync(app.Browse(), run, "Alice Ames|alice@s4.example")).SubmitAsync();

        var refused = await (await world.ToCheckAsync(app.Browse(), run, "Bob Best|bob@s4.example", "Alice Ames|ALICE@s4.example")).SubmitAsync();

        var why = Assert.Single(refused.Errors);
        Assert.StartsWith("We could not do this online. If somebody here may have been booked", why);
        Assert.DoesNotContain("Alice", why);
        Assert.DoesNotContain("taken", refused.Address);
        Assert.Equal("Bob Best", refused.Find("[name='People[0].Name']").GetAttribute("value"));
    }

    [Fact]
    public async Task Book_PersonHasAPlaceByTheSameBrowser_IsNamedAtTheField()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, run, "Alice Ames|alice@s5.example")).SubmitAsync();

        var refused = await (await world.ToCheckAsync(browser, run, "Bob Best|bob@s5.example", "ALICE ames|ALICE@s5.example")).SubmitAsync();

        Assert.Equal(["ALICE ames already has a place on this date"], refused.Errors);
        Assert.Equal("#People_1__Name", refused.Find(".govuk-error-summary__list a").GetAttribute("href"));
    }

    [Fact]
    public async Task BookPlace_FullDateAndAPersonOnIt_SaysOnlyThatItIsFull()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "alice@s6.example");

        var outcome = await world.BookPlace.RunAsync(world.Request(run, "alice@s6.example"), TestContext.Current.CancellationToken);

        Assert.Equal((BookPlaceResult.Full, null), (outcome.Result, outcome.Taken));
    }

    [Fact]
    public async Task Book_BookerSharesTheAddress_IsWrittenToBesideTheDelegate()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Alice Ames|bea@school.example");
        var payment = await organisation.SubmitAsync(world.FillOrganisation);
        var done = await (await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"))).SubmitAsync();

        Assert.Equal(["bea@school.example", "bea@school.example"], await world.MailedAsync(done.Address[^8..]));
    }

    [Fact]
    public async Task Address_LikelySlip_IsAskedOnceAndKeptWhenTheFormIsSentAgain()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var page = await app.Browse().GetAsync($"/dates/{run}/book");

        var asked = await page.SubmitAsync(form =>
            (form["People[0].Name"], form["People[0].Email"], form["People[0].AccessNeeds"]) = ("Alice Ames", "alice@gmial.com", "Large print"));
        var kept = await asked.SubmitAsync();

        Assert.Equal(["Did you mean alice@gmail.com? Change the address, or continue if alice@gmial.com is right"], asked.Errors);
        Assert.Equal("#People_0__Email", asked.Find(".govuk-error-summary__list a").GetAttribute("href"));
        Assert.Equal("Large print", asked.Find("[name='People[0].AccessNeeds']").TextContent.Trim());
        Assert.Equal("About you and your organisation", kept.Heading);
    }

    [Fact]
    public async Task Address_AnotherSlipAfterTheQuestion_IsAskedToo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var page = await app.Browse().GetAsync($"/dates/{run}/book");
        var asked = await page.SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = ("Alice Ames", "alice@gmial.com"));

        var again = await asked.SubmitAsync(form => form["People[0].Email"] = "alice@hotmial.com");

        Assert.Contains("Did you mean alice@hotmail.com?", Assert.Single(again.Errors));
    }

    [Fact]
    public async Task Address_AskedAboutWhileAnotherAnswerIsMissing_IsNotAskedAgain()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var page = await app.Browse().GetAsync($"/dates/{run}/book");
        var asked = await page.SubmitAsync(form => form["People[0].Email"] = "alice@gmial.com");

        var missing = await asked.SubmitAsync();
        var kept = await missing.SubmitAsync(form => form["People[0].Name"] = "Alice Ames");

        Assert.Equal(2, asked.Errors.Count);
        Assert.Equal(["Enter the full name of the person who is coming"], missing.Errors);
        Assert.Equal("About you and your organisation", kept.Heading);
    }

    [Theory]
    [InlineData("al\u200Bice@s7.example\v", "alice@s7.example")]
    [InlineData("o\u2019brien@s7.example.", "o'brien@s7.example")]
    public async Task Address_WithWhatNobodySees_IsStoredClean(string typed, string clean)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        await (await world.ToCheckAsync(app.Browse(), run, $"Alice Ames|{typed}")).SubmitAsync();

        Assert.Equal(clean, await world.TextAsync("select email from people join places on person_id = people.id where run_id = $1", run));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
