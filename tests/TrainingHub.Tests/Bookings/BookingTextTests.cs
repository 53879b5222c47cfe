using System.Net;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Control characters in every form that takes text: the words arrive, nothing else does, and nothing fails.</summary>
public sealed class BookingTextTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Booking_ControlCharactersInEveryText_KeepsTheWords()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var people = await app.Browse().GetAsync($"/dates/{run}/book");
        var organisation = await people.SubmitAsync(form =>
        {
            form["People[0].Name"] = ControlCharacters.In("Ann Able");
            form["People[0].Email"] = ControlCharacters.In("ann@t1.example");
            form["People[0].AccessNeeds"] = ControlCharacters.In("A hearing loop");
        });
        var payment = await organisation.SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            form["Form.Name"] = ControlCharacters.In("Bea Booker");
            form["Form.Email"] = ControlCharacters.In("bea@t1.example");
            form["Form.Organisation"] = ControlCharacters.In("Hill Primary School");
        });
        var check = await payment.SubmitAsync(form =>
        {
            form["Form.By"] = "Invoice";
            form["Form.InvoiceEmail"] = ControlCharacters.In("finance@t1.example");
            form["Form.PurchaseOrder"] = ControlCharacters.In("PO 7");
        });
        var done = await check.SubmitAsync();

        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(1, await world.CountAsync(
            """
            select count(*)
            from bookings
            join places on places.booking_id = bookings.id
            join people on people.id = places.person_id
            where bookings.reference = $1 and booker_name = 'Bea Booker' and booker_email = 'bea@t1.example'
                and organisation_name = 'Hill Primary School' and invoice_email = 'finance@t1.example' and purchase_order = 'PO 7'
                and delegate_name = 'Ann Able' and email_key = 'ann@t1.example' and access_needs = 'A hearing loop'
            """, done.Address[^8..]));
    }

    [Fact]
    public async Task Application_ControlCharactersInEveryText_KeepsTheWords()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann@t2.example");
        var payment = await organisation.SubmitAsync(world.FillOrganisation);

        var check = await payment.SubmitAsync(form =>
        {
            (form["Form.By"], form["Form.Applicant"]) = ("FreePlace", "RegisteredCharity");
            form["Form.RegisteredNumber"] = ControlCharacters.In("1234567");
            form["Form.About"] = ControlCharacters.In("We run a toddler group.");
        });
        var done = await check.SubmitAsync();

        Assert.Equal("We are holding your places", done.Heading);
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from free_place_applications where about = 'We run a toddler group.' and registered_number = '1234567'"));
    }

    [Fact]
    public async Task WaitingList_ControlCharactersInEveryText_KeepsTheWords()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "ann@t3.example");

        var page = await app.Browse().GetAsync($"/dates/{run}/wait");
        var done = await page.SubmitAsync(form => (form["Form.Name"], form["Form.Email"], form["Form.Places"]) = (
            ControlCharacters.In("Wanda Waits"), ControlCharacters.In("wanda@t3.example"), "1"));

        Assert.Equal("You are on the waiting list", done.Heading);
        Assert.Equal(1, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and name = 'Wanda Waits' and email = 'wanda@t3.example'", run));
    }

    [Fact]
    public async Task Swap_ControlCharactersInEveryText_KeepsTheWords()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        var booking = await world.BookAsync(run, "ann@t4.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));

        var form = await manage.FollowAsync("Swap or correct the name of Person ann@t4.example");
        var done = await form.SubmitAsync(fields =>
            (fields["Form.Change"], fields["Form.Name"], fields["Form.Email"]) = ("another", ControlCharacters.In("Cat Clark"), ControlCharacters.In("cat@t4.example")));

        Assert.Contains("Cat Clark now has the place", done.Main);
    }

    [Theory]
    [InlineData("/courses?q=neg%00lect")]
    [InlineData("/courses?q=%00")]
    [InlineData("/courses?area=%00&tag=%01&when=%00")]
    [InlineData("/staff/bookings?q=%00a")]
    [InlineData("/courses?q=neg%C2%80lect%1F&page=%01")]
    [InlineData("/staff/emails?about=%00a")]
    [InlineData("/staff/surveys?year=%00")]
    [InlineData("/staff/surveys/comments?show=%00")]
    [InlineData("/staff/dates?period=%00&state=%00")]
    [InlineData("/staff/reports/impact?area=%00&year=%00")]
    public async Task Search_ControlCharacters_IsAnsweredAndANulRefused(string address)
    {
        var browser = app.Browse();
        await (await browser.GetAsync("/sign-in?returnUrl=/staff")).SubmitAsync(selector: "form[action$='/dev/sign-in']");

        var page = await browser.GetAsync(address);

        Assert.Equal(address.Contains("%00", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task SignIn_ControlCharacters_IsRefusedPlainly()
    {
        var page = await app.Browse().GetAsync("/sign-in");

        var refused = await page.SubmitAsync(
            form => (form["Form.Email"], form["Form.Password"]) = (ControlCharacters.In("cora@t5.example"), ControlCharacters.In("not the password")),
            selector: "main form:not([action$='/dev/sign-in'])");

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.NotEmpty(refused.Errors);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
