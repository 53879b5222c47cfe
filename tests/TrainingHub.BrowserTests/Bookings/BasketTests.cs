using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TrainingHub.Catalogue;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;

namespace TrainingHub.BrowserTests.Bookings;

/// <summary>On a phone, without JavaScript: six people over two dates, two of them on one address, one swapped, a seventh added.</summary>
public sealed class BasketTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task SixPeopleOverTwoDates_OneSwappedAndASeventhAdded_IsDoneOnAPhone()
    {
        await using var visit = await site.OpenAsync(Screen.Phone, javaScript: false);
        var (first, second) = await TwoDatesAsync();
        await visit.GoAsync($"/dates/{first}");
        await visit.PressAsync("Book places on this date");
        await visit.SeeAsync("Who is coming?");
        await visit.Page.Locator("summary", new() { HasText = "Paste a list of names" }).ClickAsync();
        await visit.Page.Locator("#Form_List").FillAsync(
            """
            Bea Basket, bea.basket@example.org
            Cai Basket <office@basket.example>
            Dee Basket <office@basket.example>
            Eli Basket	eli.basket@example.org
            Fay Basket, fay.basket@example.org
            Gus Basket, gus.basket@example.org
            """);
        await visit.PressAsync("Add these people");
        await visit.ReadAsync("We have added 6 people from your list.");
        await visit.AssertAccessibleAsync();
        await visit.FollowAsync("Choose another date, or add one");
        await visit.SeeAsync("Your dates");
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator($"button[name=add][value='{second}']").ClickAsync();
        await visit.SeeAsync("Who is coming?");
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator("[name='People[0].On']").First.UncheckAsync();
        await visit.PressAsync("Continue");
        await visit.SeeAsync("About you and your organisation");
        await visit.DescribeAsync("Basket School", "Bea Basket");
        await visit.SeeAsync("How do you want to pay?");
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator("input[value=Invoice]").CheckAsync();
        await visit.Page.Locator("#Form_InvoiceEmail").FillAsync("finance@basket.example");
        await visit.PressAsync("Continue");
        await visit.SeeAsync("Check your answers");
        await visit.ReadAsync("11 places");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Confirm booking");
        await visit.SeeAsync("Booking confirmed");
        await visit.AssertAccessibleAsync();
        var booking = visit.Page.Url;

        await visit.Page.Locator("a", new() { HasText = "Swap or correct" }).Last.ClickAsync();
        await visit.Page.Locator("input[value=another]").CheckAsync();
        await visit.Page.Locator("#Form_Name").FillAsync("Hal Basket");
        await visit.Page.Locator("#Form_Email").FillAsync("hal.basket@example.org");
        await visit.Page.Locator("main form button.govuk-button").First.ClickAsync();
        await visit.ReadAsync("Hal Basket now has the place of");
        await visit.PressAsync("Add people");
        await visit.SeeAsync("Who is coming?");
        await visit.Page.Locator("#People_0__Name").FillAsync("Ida Basket");
        await visit.Page.Locator("#People_0__Email").FillAsync(AddressOf("Ida Basket"));
        await visit.PressAsync("Continue");
        await visit.SeeAsync("Check your answers");
        await visit.PressAsync("Confirm booking");
        await visit.SeeAsync("Booking confirmed");
        await visit.ReadAsync("These people were added to booking");
        await visit.GoAsync(new Uri(booking).AbsolutePath);
        await visit.ReadAsync("Added later: booking");
        await site.AssertSoundAsync();
    }

    /// <summary>The next two dates of a course that costs something, both with places for seven.</summary>
    private Task<(Guid First, Guid Second)> TwoDatesAsync() => site.App.WithAsync<TrainingHubDb, (Guid, Guid)>(async db =>
    {
        var dates = await DateLines.Of(db, DateLines.Bookable(db, site.App.Clock.Now.AddDays(1), 1)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id)
            .ToListAsync(TestContext.Current.CancellationToken);
        var next = dates.GroupBy(date => date.CourseId).Select(course => course.Take(2).ToList())
            .First(two => two.Count == 2 && two.TrueForAll(date => date.PlacesLeft > 7 && date.HeldBackLeft == 0 && date.Pence > 0));
        return (next[0].Id, next[1].Id);
    });
}
