using Microsoft.Playwright;
using TrainingHub.BrowserTests.Bookings;
using TrainingHub.Platform;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;

namespace TrainingHub.BrowserTests.FreePlaces;

public sealed class FreePlaceTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task UnregisteredCharities_Apply_AndAreApprovedOrOfferedToPay()
    {
        await using var lucky = await site.OpenAsync();
        await ApplyAsync(lucky, "Seaside Toddler Group", "Lena Lucky");
        await using var other = await site.OpenAsync();
        await ApplyAsync(other, "Hilltop Youth Club", "Omar Other");

        await using var coordinator = await site.OpenAsync(Screen.Desktop);
        await coordinator.GoAsCoordinatorAsync("/staff/free-places");
        await coordinator.AssertAccessibleAsync();
        await coordinator.PressAsync("Approve Seaside Toddler Group");
        await coordinator.ReadAsync("To decide (1)");
        var card = coordinator.Page.Locator(".app-card", new() { HasText = "Hilltop Youth Club" });
        await card.Locator("summary").ClickAsync();
        await coordinator.PressAsync("Decline Hilltop Youth Club");
        await Assertions.Expect(coordinator.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await coordinator.AssertAccessibleAsync();
        await coordinator.FillAsync("Reason, as the applicant will read it", "The free places of this year are used up.");
        await coordinator.PressAsync("Decline Hilltop Youth Club");
        await coordinator.ReadAsync("To decide (0)");
        await coordinator.AssertAccessibleAsync();
        site.App.Clock.Advance(UndoableAct.Hold);

        await lucky.OpenMailAsync(AddressOf("Lena Lucky"), "Free place approved");
        await lucky.GoAsync(await lucky.MailedLinkAsync("/b/[^/]+"));
        await lucky.SeeAsync("Booking confirmed");

        await other.OpenMailAsync(AddressOf("Omar Other"), "Your free place application");
        await other.GoAsync(await other.MailedLinkAsync("/b/[^/]+(/payment)?"));
        if (await other.Page.GetByRole(AriaRole.Heading, new() { Name = "How do you want to pay?" }).CountAsync() == 0)
        {
            await other.ReadAsync("The free places of this year are used up.");
            await other.AssertAccessibleAsync();
            await other.PressAsync("Pay by card or invoice");
        }
        await other.SeeAsync("How do you want to pay?");
        await other.PressAsync("Continue");
        await other.SeeErrorsAsync("Select how you want to pay");
        await other.AssertAccessibleAsync();
        await other.ChooseAsync("Invoice");
        await other.FillAsync("Email address for the invoice", "treasurer@example.org");
        await other.PressAsync("Continue");
        await other.SeeAsync("Booking confirmed");
        await site.AssertSoundAsync();
    }

    private static async Task ApplyAsync(Visit visit, string organisation, string booker)
    {
        await visit.ChooseDateAsync("/courses?places=available&when=weekday&delivery=online");
        await visit.GiveNamesAsync(organisation, booker);
        await visit.SeeAsync("How do you want to pay?");
        await visit.ChooseAsync("Free place for a charity or CIC");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Select what kind of organisation you are", "Enter what your organisation does with children and families");
        await visit.AssertAccessibleAsync();
        await visit.ChooseAsync("Charity that is not registered");
        await visit.FillAsync("What does your organisation do with children and families?", "We meet weekly with parents and toddlers. Volunteers lead the group.");
        await visit.PressAsync("Continue");
        await visit.ReadAsync("Application for a free place");
        await visit.PressAsync("Send application");
        await visit.SeeAsync("We are holding your places");
        await visit.AssertAccessibleAsync();
    }
}
