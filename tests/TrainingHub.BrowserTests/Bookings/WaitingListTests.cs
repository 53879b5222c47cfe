using Microsoft.Playwright;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;

namespace TrainingHub.BrowserTests.Bookings;

public sealed class WaitingListTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(true, "Wanda Waits")]
    [InlineData(false, "Walt Waits")]
    public async Task FullDate_OffersOthersAndAWaitingList_WhichCanBeLeft(bool javaScript, string name)
    {
        await using var visit = await site.OpenAsync(javaScript: javaScript);
        await visit.GoAsync("/courses");
        await visit.Page.Locator(".app-date", new() { Has = visit.Page.Locator(".app-date__places--full") }).First.GetByRole(AriaRole.Link).ClickAsync();
        await visit.ReadAsync("This date is full.");
        await visit.ReadAsync("Other dates of this course with places");
        Assert.True(await visit.Page.Locator(".app-date").CountAsync() > 0);

        await visit.PressAsync("Join the waiting list");
        await visit.SeeAsync("Join the waiting list");
        await visit.PressAsync("Join the waiting list");
        await visit.SeeErrorsAsync("Enter your full name", "Enter your work email address", "Enter how many places you need");
        await visit.AssertAccessibleAsync();
        await visit.FillAsync("Your full name", name);
        await visit.FillAsync("Your work email address", AddressOf(name));
        await visit.FillAsync("How many places do you need?", "2");
        await visit.PressAsync("Join the waiting list");
        await visit.SeeAsync("You are on the waiting list");
        await visit.AssertAccessibleAsync();

        await visit.OpenMailAsync(AddressOf(name), $"{name}, you are on the waiting list");
        await visit.GoAsync(await visit.MailedLinkAsync("/waiting-list/[^/]+"));
        await visit.SeeAsync("Your place on the waiting list");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Leave the waiting list");
        await visit.SeeAsync("You are not on the waiting list");
        await visit.AssertAccessibleAsync();
    }
}
