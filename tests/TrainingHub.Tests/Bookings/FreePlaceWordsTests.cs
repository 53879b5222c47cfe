using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The booker's page says in each state of an application what the place costs and what comes next.</summary>
public sealed class FreePlaceWordsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Manage_NotDecided_NamesBothOutcomes()
    {
        var (_, booking, browser) = await ApplyAsync("ann@w1.example");

        var page = await browser.GetAsync($"/bookings/{booking.Reference}");

        Assert.Equal("Not decided yet Nothing to pay if you get a free place, otherwise £55", PriceOn(page));
        Assert.Contains("The training team reads it and emails you the decision", page.Main);
        Assert.Empty(page.All("a.govuk-button[href$='/payment']"));
    }

    [Fact]
    public async Task Manage_Declined_NamesThePriceBesideTheButton()
    {
        var (world, booking, browser) = await ApplyAsync("ann@w2.example");
        await DecideAsync(booking, async (decide, application) => await decide.DeclineAsync(application, "Not a charity.", new(await world.StaffAsync(), "Ann Coordinator"), Ct));

        var page = await browser.GetAsync($"/bookings/{booking.Reference}");

        Assert.Equal("Choose how to pay", page.Heading);
        Assert.StartsWith("£55 ", PriceOn(page));
        Assert.DoesNotContain("Free", PriceOn(page));
        Assert.Single(page.All("a.govuk-button[href$='/payment']"));
    }

    [Fact]
    public async Task Manage_Approved_HasNothingToPay()
    {
        var (world, booking, browser) = await ApplyAsync("ann@w3.example");
        await DecideAsync(booking, async (decide, application) => await decide.ApproveAsync(application, new(await world.StaffAsync(), "Ann Coordinator"), Ct));

        Assert.Equal("Nothing to pay Free place for charities and CICs", PriceOn(await browser.GetAsync($"/bookings/{booking.Reference}")));
    }

    [Fact]
    public async Task Manage_DeclinedAndNotPaid_OwesNothing()
    {
        var (world, booking, browser) = await ApplyAsync("ann@w4.example");
        await DecideAsync(booking, async (decide, application) => await decide.DeclineAsync(application, "Not a charity.", new(await world.StaffAsync(), "Ann Coordinator"), Ct));
        await world.ExecuteAsync("update bookings set held_until = $2 where id = $1", booking.Id, app.Clock.Now);
        await app.RunJobAsync(nameof(ReleaseUndecidedHolds));

        var page = await browser.GetAsync($"/bookings/{booking.Reference}");

        Assert.Equal("Nothing to pay Nothing is booked", PriceOn(page));
        Assert.Contains("you did not choose another way to pay in time. Nothing is booked, and you owe nothing", page.Main);
    }

    [Fact]
    public void Price_EachStateOfALiveApplication_HasWordsOfItsOwn()
    {
        var words = Enum.GetValues<FreePlaceState>().Select(state => FreePlaceWords.Price(state, BookingState.Held, "£55", "Half day")).ToList();

        Assert.Equal(("£55", "Half day"), words[(int)FreePlaceState.Declined]);
        Assert.Equal(4, words.Distinct().Count());
        Assert.DoesNotContain(words, said => said.Price == "Free");
    }

    private static string PriceOn(TestPage page) => page.Document.QuerySelectorAll(".govuk-summary-list__row")
        .Where(row => row.QuerySelector("dt")?.TextContent == "Price")
        .Select(row => string.Join(' ', row.QuerySelector("dd")!.InnerHtml.Replace("<br>", " ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        .Single();

    private async Task<(BookingWorld World, BookedBooking Booking, TestBrowser Browser)> ApplyAsync(string email)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var request = world.Request(await world.RunAsync(capacity: 10), email) with
        {
            Method = PaymentMethod.FreePlace,
            InvoiceEmail = null,
            FreePlace = new FreePlaceRequest(FreePlaceApplicant.UnregisteredCharity, null, "We run a toddler group."),
        };
        var booking = (await world.BookPlace.RunAsync(request, Ct)).Booking!;
        var browser = app.Browse();
        await browser.GetAsync(await world.PrivateLinkAsync(booking.Reference));
        return (world, booking, browser);
    }

    private async Task DecideAsync(BookedBooking booking, Func<DecideFreePlace, Guid, Task<DecideResult>> decide)
    {
        var application = await app.WithAsync<TrainingHubDb, Guid>(async db => (await db.Bookings.FindAsync([booking.Id], Ct))!.FreePlaceApplicationId!.Value);
        Assert.Equal(DecideResult.Decided, await app.WithAsync<DecideFreePlace, DecideResult>(command => decide(command, application)));
    }
}
