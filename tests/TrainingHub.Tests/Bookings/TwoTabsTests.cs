using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Two tabs of one browser on one date: what is booked is what the tab showed in which it was confirmed.</summary>
public sealed class TwoTabsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Check_PeopleChangedInAnotherTab_ShowsThemAndBooksNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var alice = await world.ToCheckAsync(browser, run, "Alice Ames|alice1@x.example");
        await InsteadAsync(browser, run, "Bob Best", "bob1@x.example");

        var told = await alice.SubmitAsync();
        var taken = await world.PlacesTakenAsync(run);
        var done = await told.SubmitAsync();

        Assert.Contains("Alice Ames", alice.Main);
        Assert.Equal("Check your answers", told.Heading);
        Assert.Equal(["Your answers changed in another tab. This is how they are now: check them before you confirm"], told.Errors);
        Assert.Contains("Bob Best", told.Main);
        Assert.Equal(0, taken);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal("Bob Best", await world.TextAsync("select delegate_name from places where run_id = $1", run));
    }

    [Fact]
    public async Task Check_PaymentChangedInAnotherTab_BooksNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var check = await world.ToCheckAsync(browser, run, "Alice Ames|alice2@x.example");
        await (await browser.GetAsync($"/dates/{run}/book/payment")).SubmitAsync(form => form["Form.PurchaseOrder"] = "PO 7");

        var told = await check.SubmitAsync();

        Assert.Single(told.Errors);
        Assert.Contains("PO 7", told.Main);
        Assert.Equal(0, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Check_OthersBookedInAnotherTab_LeadsThereAndSaysSo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        var alice = await world.ToCheckAsync(browser, run, "Alice Ames|alice3@x.example");
        var bob = await (await InsteadAsync(browser, run, "Bob Best", "bob3@x.example")).SubmitAsync();

        var told = await alice.SubmitAsync();
        var again = await browser.GetAsync(bob.Address);

        Assert.Equal(bob.Address, told.Address);
        Assert.Contains("Your answers changed in another tab, and were booked there", told.Main);
        Assert.DoesNotContain("in another tab", again.Main);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    /// <summary>Another tab, in which somebody else is to come.</summary>
    private static async Task<TestPage> InsteadAsync(TestBrowser browser, Guid run, string name, string email) =>
        await (await browser.GetAsync($"/dates/{run}/book")).SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = (name, email));

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
