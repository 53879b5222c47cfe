using System.Net;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>From the first page of the form to the confirmation, over HTTP and without JavaScript.</summary>
public sealed class BookingJourneyTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Book_TwoPeopleByInvoice_ConfirmsAndWritesToAll()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var check = await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann1@x.example", "Ben Best|ben1@x.example");
        var done = await check.SubmitAsync();

        Assert.Equal("Check your answers", check.Heading);
        Assert.Contains("£110 (2 places at £55)", check.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Matches("^/bookings/[2-9A-Z]{8}$", done.Address);
        Assert.Equal(2, await world.PlacesTakenAsync(run));
        Assert.Equal(["ann1@x.example", "bea@school.example", "ben1@x.example"], await world.MailedAsync(done.Address[^8..]));
    }

    [Fact]
    public async Task Book_FreeDate_AsksNothingAboutPayment()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10, feePence: 0);

        var check = await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann2@x.example");
        var done = await check.SubmitAsync();

        Assert.Contains("Free for everyone", check.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(1, await world.CountAsync("select count(*) from bookings where reference = $1 and payment_method = 'Free'", done.Address[^8..]));
    }

    [Fact]
    public async Task Book_BookerComesToo_IsAddedOnce()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann3@x.example", "Ben Best|ben3@x.example");

        var payment = await organisation.SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            form["Form.IsComing"] = "true";
        });

        Assert.Contains("£165 (3 places at £55)", payment.Main);
    }

    [Fact]
    public async Task Check_PressedAgainAfterBack_LandsOnTheSameBooking()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var check = await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann4@x.example");

        var first = await check.SubmitAsync();
        var second = await check.SubmitAsync();

        Assert.Equal(first.Address, second.Address);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Book_NextBookingInTheSameBrowser_StartsAfresh()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, run, "Ann Able|ann5@x.example")).SubmitAsync();

        var next = await browser.GetAsync($"/dates/{run}/book");
        var second = await (await world.ToCheckAsync(browser, run, "Ben Best|ben5@x.example")).SubmitAsync();

        Assert.Equal("", next.Find("[name='People[0].Name']").GetAttribute("value") ?? "");
        Assert.Equal("Booking confirmed", second.Heading);
        Assert.Equal(2, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Book_AddAndRemovePeople_KeepsWhatWasTyped()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var page = await app.Browse().GetAsync($"/dates/{run}/book");

        var two = await page.SubmitAsync(form => form["People[0].Name"] = "Ann Able", button: "Add another person");
        var one = await two.SubmitAsync(form => form["People[1].Name"] = "Ben Best", button: "Remove person 1");

        Assert.Equal("Ann Able", two.Find("[name='People[0].Name']").GetAttribute("value"));
        Assert.Equal("Ben Best", one.Find("[name='People[0].Name']").GetAttribute("value"));
        Assert.Empty(one.All("[name='People[1].Name']"));
    }

    [Fact]
    public async Task Book_NothingTyped_SetsNoCookieOfItsOwn()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var page = await app.Browse().GetAsync($"/dates/{run}/book");

        Assert.DoesNotContain(Cookies(page), cookie => cookie.Contains("booking=", StringComparison.Ordinal));
        Assert.EndsWith($"/dates/{run}", page.Find("link[rel=canonical]").GetAttribute("href"));
        Assert.Equal(0, await world.CountAsync("select count(*) from booking_drafts where run_id = $1", run));
    }

    [Fact]
    public async Task Check_ForgedPriceAndState_ChangeNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var check = await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann8@x.example");

        var done = await check.SubmitAsync(form =>
        {
            form.Forge("Price", "0");
            form.Forge("PricePence", "0");
            form.Forge("State", "Confirmed");
            form.Forge("Answers.Method", "Free");
            form.Forge("Journey.Run.Price", "0");
        });

        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(5500, await world.CountAsync("select price_pence from places where run_id = $1", run));
    }

    [Fact]
    public async Task Check_PriceChangedMeanwhile_ShowsTheNewOneFirst()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var check = await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann9@x.example");
        // Without the notification that evicts pages: they still show the old price.
        await world.ExecuteAsync($"alter table course_runs disable trigger user; update course_runs set fee_pence = 6000 where id = '{run}'; alter table course_runs enable trigger user");

        var told = await check.SubmitAsync();
        var done = await told.SubmitAsync();

        Assert.Equal(["The price has changed from £55 to £60 a place. Check it before you confirm"], told.Errors);
        Assert.Equal(HttpMethod.Get, told.Response.RequestMessage!.Method);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(6000, await world.CountAsync("select price_pence from places where run_id = $1", run));
    }

    [Fact]
    public async Task Check_DateFilledMeanwhile_OffersOthersAndKeepsTheDraft()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        var other = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var check = await world.ToCheckAsync(browser, run, "Ann Able|ann10@x.example", "Ben Best|ben10@x.example");
        await world.BookPlace.RunAsync(world.Request(run, "first@x.example"), TestContext.Current.CancellationToken);

        var full = await check.SubmitAsync();
        var back = await browser.GetAsync($"/dates/{run}/book");

        Assert.Equal("Only 1 place is left on this date", full.Heading);
        Assert.Contains($"/dates/{other}/book?from={run}", full.Document.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        Assert.Contains($"/dates/{run}/wait", full.Document.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Ben Best", back.Find("[name='People[1].Name']").GetAttribute("value"));
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Book_RunCancelledOrBegun_CannotBeBooked()
    {
        var world = await WorldAsync();
        var cancelled = await world.RunAsync(capacity: 10);
        await world.ExecuteAsync("update course_runs set state = 'Cancelled', cancelled_at = starts_at where id = $1", cancelled);
        var begun = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromMinutes(-1));

        Assert.Equal("This date cannot be booked", (await app.Browse().GetAsync($"/dates/{cancelled}/book")).Heading);
        Assert.Equal("This date cannot be booked", (await app.Browse().GetAsync($"/dates/{begun}/book")).Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync($"/dates/{Guid.NewGuid()}/book")).Status);
    }

    [Theory]
    [InlineData("organisation")]
    [InlineData("payment")]
    [InlineData("check")]
    public async Task LaterPage_WithoutCookie_StartsAgainKindly(string step)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var page = await app.Browse().GetAsync($"/dates/{run}/book/{step}");

        Assert.Equal("Who is coming?", page.Heading);
        Assert.Contains("We could not find what you typed", page.Main);
    }

    [Fact]
    public async Task Draft_ADayOld_IsForgotten()
    {
        await using var late = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(late.Database, late.Clock);
        var run = await world.RunAsync(capacity: 10);
        var browser = late.Browse();
        await world.ToOrganisationAsync(browser, run, "Ann Able|ann12@x.example");
        late.Clock.Advance(TimeSpan.FromHours(25));

        var page = await browser.GetAsync($"/dates/{run}/book/organisation");
        var removed = await late.RunJobAsync("ClearBookingDrafts");

        Assert.Contains("We could not find what you typed", page.Main);
        Assert.Equal(1, removed);
    }

    [Fact]
    public async Task Check_PostWithoutAntiforgeryToken_IsRefused()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        await world.ToCheckAsync(browser, run, "Ann Able|ann13@x.example");

        var refused = await browser.PostAsync($"/dates/{run}/book/check", [new("shownPence", "5500")]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(0, await world.PlacesTakenAsync(run));
    }

    private static IEnumerable<string> Cookies(TestPage page) =>
        page.Response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
