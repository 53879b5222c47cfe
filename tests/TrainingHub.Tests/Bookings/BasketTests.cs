using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>One order of several dates, from the first page of the form to the confirmation, over HTTP and without JavaScript.</summary>
public sealed class BasketTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Basket_SixPeopleOverTwoDates_BooksAllInOneOrder()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var browser = app.Browse();
        await world.ToOrganisationAsync(browser, first, "Ann Able|ann@s1.example", "Ben Best|office@s1.example", "Cai Cole|office@s1.example", "Dee Dunn|dee@s1.example");

        var people = await AddDateAsync(browser, first, second);
        people = await (await people.SubmitAsync(button: "Add another person")).SubmitAsync(
            form => (form["People[4].Name"], form["People[4].Email"]) = ("Eva East", "eva@s1.example"), button: "Add another person");
        var organisation = await people.SubmitAsync(form =>
        {
            (form["People[5].Name"], form["People[5].Email"]) = ("Fay Fox", "fay@s1.example");
            form["People[0].On"] = first.ToString();
            form["People[5].On"] = second.ToString();
        });
        var check = await PayByInvoiceAsync(world, organisation);
        var done = await check.SubmitAsync();
        var reference = done.Address[^8..];

        Assert.Equal("Check your answers", check.Heading);
        Assert.Contains("£550 (10 places at £55)", check.Main);
        Assert.Contains("£275 (5 places at £55)", check.Main);
        Assert.Contains("£110", check.Main);
        Assert.Contains("We write to office@s1.example about Ben Best and Cai Cole separately.", check.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal((5, 5), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
        Assert.Equal(1, await world.CountAsync("select count(distinct booking_id) from places where run_id = any($1)", new[] { first, second }));
        Assert.Equal(
            ["ann@s1.example", "bea@school.example", "dee@s1.example", "eva@s1.example", "fay@s1.example", "office@s1.example", "office@s1.example"],
            await world.MailedAsync(reference));
    }

    [Fact]
    public async Task Book_OnAnotherDate_OffersToAddItAndMixesNothingWithoutAPress()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var browser = app.Browse();
        await world.ToOrganisationAsync(browser, first, "Ann Able|ann@s2.example");

        var other = await browser.GetAsync($"/dates/{second}/book");
        await other.SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = ("Zoe Zand", "zoe@s2.example"), $"form[action='/dates/{second}/book']");
        var mine = await browser.GetAsync($"/dates/{first}/book");

        Assert.Contains("You have begun to book Neglect", other.Main);
        Assert.DoesNotContain("Ann Able", other.Main);
        Assert.Equal("Ann Able", mine.Find("[name='People[0].Name']").GetAttribute("value"));
        Assert.Empty(mine.All("[name='People[0].On']"));
    }

    [Fact]
    public async Task Check_DateAddedInAnotherTab_ShowsItAndBooksNothing()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var browser = app.Browse();
        var check = await world.ToCheckAsync(browser, first, "Ann Able|ann@s3.example");
        await AddDateAsync(browser, first, second);

        var told = await check.SubmitAsync();

        Assert.Equal(["Your answers changed in another tab. This is how they are now: check them before you confirm"], told.Errors);
        Assert.Contains("£110 (2 places at £55)", told.Main);
        Assert.Equal((0, 0), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
    }

    [Fact]
    public async Task Dates_OneChangedAndTheFirstRemoved_KeepsEverythingTyped()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var third = await world.RunAsync(10, TimeSpan.FromDays(50));
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s4.example", "Ben Best|ben@s4.example");
        await (await AddDateAsync(browser, first, second)).SubmitAsync(form => form["People[1].On"] = second.ToString());

        var change = await browser.GetAsync($"/dates/{first}/book/dates?change={second}");
        var changed = await change.SubmitAsync(form => form.Forge("to", third.ToString()), "form:has(input[name=from])");
        var removed = await (await browser.GetAsync($"/dates/{first}/book/dates")).SubmitAsync(
            form => form.Forge("remove", first.ToString()), $"form:has(button[value='{first}'])");
        var done = await removed.SubmitAsync();

        Assert.Equal("Check your answers", changed.Heading);
        Assert.Contains("£165 (3 places at £55)", changed.Main);
        Assert.Equal("Check your answers", removed.Heading);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal((0, 0, 2), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second), await world.PlacesTakenAsync(third)));
    }

    [Fact]
    public async Task Check_OneDateIsFullMeanwhile_BooksNothingAndTheOthersAtATouch()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world, capacity: 2);
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s5.example", "Ben Best|ben@s5.example");
        var check = await (await AddDateAsync(browser, first, second)).SubmitAsync();
        await world.BookAsync(second, "quick@other.example");

        var refused = await check.SubmitAsync();
        var taken = await world.PlacesTakenAsync(first);
        var rest = await refused.SubmitAsync(button: "Book the other date");
        var done = await rest.SubmitAsync();

        Assert.Equal("One of your 2 dates cannot be booked", refused.Heading);
        Assert.Contains("1 place is left. You asked for 2.", refused.Main);
        Assert.Contains("Join the waiting list for it", refused.Main);
        Assert.Equal(0, taken);
        Assert.Equal("Check your answers", rest.Heading);
        Assert.Contains("£110 (2 places at £55)", rest.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal((2, 1), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
    }

    [Fact]
    public async Task Check_OneDateIsCancelledMeanwhile_OffersAnotherForTheSamePeople()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var third = await world.RunAsync(10, TimeSpan.FromDays(52));
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s6.example");
        var check = await (await AddDateAsync(browser, first, second)).SubmitAsync();
        await world.ExecuteAsync("update course_runs set state = 'Cancelled', cancelled_at = now() where id = $1", second);

        var refused = await check.SubmitAsync();
        var done = await (await refused.SubmitAsync(form => form.Forge("to", third.ToString()), "form:has(input[name=from])")).SubmitAsync();

        Assert.Contains("The date has been cancelled.", refused.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal((1, 0, 1), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second), await world.PlacesTakenAsync(third)));
    }

    [Fact]
    public async Task Check_PriceOfOneDateChangedMeanwhile_NamesTheDate()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s7.example");
        var check = await (await AddDateAsync(browser, first, second)).SubmitAsync();
        await world.ExecuteAsync("update course_runs set fee_pence = 6000 where id = $1", second);

        var told = await check.SubmitAsync();

        Assert.Matches("^The price of Neglect, .*, has changed from £55 to £60 a place. Check it before you confirm$", Assert.Single(told.Errors));
        Assert.Contains("£115", told.Main);
        Assert.Equal((0, 0), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
    }

    [Fact]
    public async Task Check_SomebodyHasAPlaceOnOneDate_NamesDateAndPersonToWhoBookedIt()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, second, "Ben Best|ben@s8.example")).SubmitAsync();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s8.example", "Ben Best|ben@s8.example");
        var check = await (await AddDateAsync(browser, first, second)).SubmitAsync(form => form["People[0].On"] = first.ToString());

        var told = await check.SubmitAsync();

        Assert.Equal("Who is coming?", told.Heading);
        Assert.Matches("^Ben Best already has a place on Neglect, ", Assert.Single(told.Errors));
        Assert.Equal("#People_1__Name", told.Find(".govuk-error-summary__list a").GetAttribute("href"));
        Assert.Equal(0, await world.PlacesTakenAsync(first));
    }

    [Fact]
    public async Task Check_TwoDatesOfTheOrderAtTheSameTime_SaysWhoIsOnBoth()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, TimeSpan.FromDays(30)), await world.RunAsync(10, TimeSpan.FromDays(30) + TimeSpan.FromHours(1)));
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s9.example", "Ben Best|ben@s9.example");

        var check = await (await AddDateAsync(browser, first, second)).SubmitAsync(form => form["People[1].On"] = second.ToString());

        Assert.Matches("^WarningAnn Able is to come to Neglect, .* The two are at the same time. You can still book.$", Assert.Single(check.All(".govuk-warning-text__text")));
    }

    [Fact]
    public async Task People_SomebodyComesToNothingOrNobodyToADate_IsSaidAtItsPlace()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world);
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@s10.example");
        var people = await AddDateAsync(browser, first, second);

        var nothing = await people.SubmitAsync(form => form.Clear("People[0].On"));
        var nobody = await people.SubmitAsync(form => form["People[0].On"] = first.ToString());

        Assert.Contains("Select the dates to which Ann Able comes, or remove this person", nothing.Errors);
        Assert.Equal("#People_0__On", nothing.Document.QuerySelector(".govuk-error-summary__list a[href*=On]")?.GetAttribute("href"));
        Assert.Matches("^Nobody comes to Neglect, .*. Select who comes, or take the date out of the booking$", Assert.Single(nobody.Errors));
    }

    [Fact]
    public async Task Basket_ThirtyPeopleFromAList_AreBooked()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 40);
        var page = await app.Browse().GetAsync($"/dates/{run}/book");
        var list = string.Join('\n', Enumerable.Range(1, 31).Select(number => $"Person{(char)('A' + (number % 26))} Number{(char)('a' + (number / 26))}\tp{number}@s11.example"));

        var listed = await page.SubmitAsync(form => form["Form.List"] = list, button: "Add these people");
        var organisation = await listed.SubmitAsync(form => form["Form.List"] = "");
        var done = await (await PayByInvoiceAsync(world, organisation)).SubmitAsync();

        Assert.Contains("We have added 30 people from your list.", listed.Main);
        Assert.Contains("An order is for up to 30 people. Make another booking for the rest", Assert.Single(listed.Errors));
        Assert.Contains("p31@s11.example", listed.Find("[name='Form.List']").TextContent);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(30, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Payment_MorePlacesThanAreHeld_IsByInvoice()
    {
        var world = await WorldAsync();
        var (first, second) = await TwoDatesAsync(world, capacity: 30);
        var browser = app.Browse();
        await (await browser.GetAsync($"/dates/{first}/book")).SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"], form["Form.Later[0].Places"]) = ("Ann Able", "ann@s12.example", "20"));
        var people = await AddDateAsync(browser, first, second);
        var organisation = await people.SubmitAsync(form => form["Form.Later[1].Places"] = "10");

        var payment = await organisation.SubmitAsync(world.FillOrganisation);
        var refused = await payment.SubmitAsync(form => form["Form.By"] = "FreePlace");

        Assert.Contains("These 32 are paid by invoice.", payment.Main);
        Assert.Contains("We hold up to 30 places for a card payment or an application. Pay for these 32 by invoice, or book fewer", refused.Errors);
    }

    [Fact]
    public async Task Dates_ModulesOfAProgramme_AreAddedOnDatesOfOnesChoiceAtOnce()
    {
        var world = await WorldAsync();
        var programme = (await app.Given.ProgrammeAsync()).Id;
        var runs = new List<Guid>();
        for (var module = 1; module <= 3; module++)
        {
            var course = await app.Given.CourseAsync($"Part {module} of s13", pricePence: 5000 + (module * 100), programme: programme, module: module);
            runs.Add((await app.Given.RunAsync(course.Id, app.Clock.Now + TimeSpan.FromDays(20 + (module * 10)), 10)).Id);
        }

        var browser = app.Browse();
        await world.ToOrganisationAsync(browser, runs[0], "Ann Able|ann@s13.example");
        var dates = await browser.GetAsync($"/dates/{runs[0]}/book/dates");
        var people = await dates.SubmitAsync(
            form =>
            {
                form.Clear("modules");
                form.Tick("modules", runs[1].ToString());
                form.Tick("modules", runs[2].ToString());
            },
            button: "Add the modules");
        var done = await (await PayByInvoiceAsync(world, await people.SubmitAsync())).SubmitAsync();

        Assert.Contains("Module 2: Part 2 of s13", dates.Main);
        Assert.Contains("£156 (3 places)", people.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(3, await world.CountAsync("select sum(places_taken) from course_runs where id = any($1) and places_taken = 1", runs.ToArray()));
    }

    private static async Task<(Guid First, Guid Second)> TwoDatesAsync(BookingWorld world, int capacity = 10) =>
        (await world.RunAsync(capacity, TimeSpan.FromDays(30)), await world.RunAsync(capacity, TimeSpan.FromDays(40)));

    /// <summary>From the page of the second date, as somebody would who found it in the catalogue.</summary>
    private static async Task<TestPage> AddDateAsync(TestBrowser browser, Guid begunOn, Guid date)
    {
        var offer = await browser.GetAsync($"/dates/{date}/book");
        return await offer.SubmitAsync(form => form.Forge("add", date.ToString()), $"form[action='/dates/{begunOn}/book/dates']");
    }

    private static async Task<TestPage> PayByInvoiceAsync(BookingWorld world, TestPage organisation) =>
        await (await organisation.SubmitAsync(world.FillOrganisation)).SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
