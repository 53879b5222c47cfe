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

    [Fact]
    public async Task UnregisteredCharity_AppliesForTheYear_AnswersAQuestionAndBooksWithItsCode()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsync("/free-places");
        await visit.AssertAccessibleAsync();
        await visit.Page.GetByRole(AriaRole.Main).GetByText("Apply for free places", new() { Exact = true }).ClickAsync();
        await visit.SeeAsync("Apply for free places");
        await visit.PressAsync("Send application");
        await visit.SeeErrorsAsync(
            "Enter the name of your organisation", "Select what kind of organisation you are", "Select the sector you work in",
            "Enter what your organisation does with children and families", "Enter your full name", "Enter your work email address");
        await visit.AssertAccessibleAsync();
        await visit.FillAsync("Organisation", "Harbour Playgroup");
        await visit.ChooseAsync("Charity that is not registered");
        await visit.Page.GetByLabel("Sector").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await visit.FillAsync("What does your organisation do with children and families?", "Forty families, three mornings a week. Run by volunteers.");
        await visit.FillAsync("Your full name", "Hana Harbour");
        await visit.FillAsync("Your work email address", AddressOf("Hana Harbour"));
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "constitution.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7\n%%EOF\n"u8.ToArray() });
        await visit.PressAsync("Send application");
        await visit.SeeAsync("Application sent");
        await visit.AssertAccessibleAsync();

        await using var coordinator = await site.OpenAsync(Screen.Desktop);
        await coordinator.GoAsCoordinatorAsync("/staff/free-places");
        await coordinator.Page.GetByRole(AriaRole.Link, new() { Name = "Harbour Playgroup" }).First.ClickAsync();
        await coordinator.SeeAsync("Harbour Playgroup");
        await coordinator.AssertAccessibleAsync();
        await coordinator.Page.Locator("summary", new() { HasText = "Ask for more first" }).ClickAsync();
        await coordinator.FillAsync("What do you need to know?", "Who are your trustees?");
        await coordinator.PressAsync("Ask the applicant");
        await coordinator.ReadAsync("Asked for more");

        await visit.OpenMailAsync(AddressOf("Hana Harbour"), "A question about your application");
        await visit.GoAsync(await visit.MailedLinkAsync("/free-places/a/[^/]+"));
        await visit.SeeAsync("Your application for free places");
        await visit.AssertAccessibleAsync();
        await visit.FillAsync("Your answer", "Ann, Bo and Cas.");
        await visit.PressAsync("Send answer");
        await visit.ReadAsync("The training team has your answer.");

        await coordinator.Page.ReloadAsync();
        await coordinator.ReadAsync("Ann, Bo and Cas.");
        await coordinator.PressAsync("Approve");
        await coordinator.ReadAsync("See the award and its places");
        await coordinator.Page.GetByText("See the award and its places").ClickAsync();
        await coordinator.AssertAccessibleAsync();
        site.App.Clock.Advance(UndoableAct.Hold);

        await visit.OpenMailAsync(AddressOf("Hana Harbour"), "Your organisation has free places");
        var code = System.Text.RegularExpressions.Regex.Match(await visit.Page.Locator("body").InnerTextAsync(), "[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}").Value;
        await visit.ChooseDateAsync("/courses?places=available&when=weekday&delivery=online");
        await visit.GiveNamesAsync("Harbour Playgroup", "Hana Harbour");
        await visit.ChooseAsync("Free place for a charity or CIC");
        await visit.FillAsync("Award code, if your organisation has one", code);
        await visit.PressAsync("Continue");
        await visit.ReadAsync("With the free places of Harbour Playgroup");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Confirm booking");
        await visit.SeeAsync("Booking confirmed");
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
