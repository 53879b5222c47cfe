using System.Net;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Whoever booked adds people later, by an order of its own that names the first one.</summary>
public sealed class AddPeopleTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task AddPeople_ToTwoDatesByInvoice_AsksNothingTwiceAndLinksTheOrders()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, TimeSpan.FromDays(30)), await world.RunAsync(10, TimeSpan.FromDays(40)));
        var browser = app.Browse();
        await world.ToCheckAsync(browser, first, "Ann Able|ann@a1.example");
        var offer = await browser.GetAsync($"/dates/{second}/book");
        var people = await offer.SubmitAsync(form => form.Forge("add", second.ToString()), $"form[action='/dates/{first}/book/dates']");
        var booked = await (await people.SubmitAsync()).SubmitAsync();

        var more = await booked.SubmitAsync(button: "Add people");
        var check = await more.SubmitAsync(form =>
        {
            (form["People[0].Name"], form["People[0].Email"]) = ("Sev Enth", "sev@a1.example");
            form["People[0].On"] = second.ToString();
            form.Forge("People[0].On", first.ToString());
        });
        var added = await check.SubmitAsync();
        var parent = await browser.GetAsync(booked.Address);

        Assert.Equal("Who is coming?", more.Heading);
        Assert.Contains("Add people to your booking: Neglect", more.Main);
        Assert.Equal("Check your answers", check.Heading);
        Assert.Contains("£110 (2 places at £55)", check.Main);
        Assert.Contains("finance@school.example", check.Main);
        Assert.Equal("Booking confirmed", added.Heading);
        Assert.NotEqual(booked.Address, added.Address);
        Assert.Contains($"These people were added to booking {booked.Address[^8..]}", added.Main);
        Assert.Contains($"Added later: booking {added.Address[^8..]}, 2 places.", parent.Main);
        Assert.Equal((2, 2), (await world.PlacesTakenAsync(first), await world.PlacesTakenAsync(second)));
        Assert.Equal(
            1, await world.CountAsync("select count(*) from bookings added join bookings parent on parent.id = added.added_to_id where added.reference = $1 and parent.reference = $2", added.Address[^8..], booked.Address[^8..]));
    }

    [Fact]
    public async Task AddPeople_DateIsFull_OffersOnlyTheOther()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        var booked = await (await world.ToCheckAsync(app.Browse(), run, "Ann Able|ann@a2.example")).SubmitAsync();

        Assert.Empty(booked.All($"form[action='{booked.Address}/add']"));
        Assert.Contains("No date of this booking has a place left", (await booked.Browser.PostAsync($"{booked.Address}/add", Token(booked))).Main);
    }

    [Fact]
    public async Task AddPeople_BrowserThatHasNotOpenedTheLink_FindsNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookAsync(run, "ann@a3.example");
        var stranger = app.Browse();
        var token = Token(await stranger.GetAsync($"/dates/{run}/book"));

        var refused = await stranger.PostAsync($"/bookings/{booking.Reference}/add", token);

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
    }

    [Fact]
    public async Task AddPeople_BookingForgottenInThisBrowser_ShowsNothingOfItsBooker()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var booked = await (await world.ToCheckAsync(browser, run, "Ann Able|ann@a4.example")).SubmitAsync();
        var more = await booked.SubmitAsync(button: "Add people");
        await more.SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = ("Sev Enth", "sev@a4.example"));

        await (await browser.GetAsync(booked.Address)).SubmitAsync(button: "Forget this booking in this browser");
        var check = await browser.GetAsync($"/dates/{run}/book/check");

        Assert.Equal("Who is coming?", check.Heading);
        Assert.DoesNotContain("Sev Enth", check.Text);
        Assert.DoesNotContain("bea@school.example", check.Text);
    }

    private static List<KeyValuePair<string, string>> Token(TestPage page) =>
        [new("__RequestVerificationToken", page.Find("[name=__RequestVerificationToken]").GetAttribute("value") ?? "")];

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
