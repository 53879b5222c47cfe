using Microsoft.Playwright;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;

namespace TrainingHub.BrowserTests.Bookings;

public sealed class BookByCardTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task TwoDelegates_OnASaturdayByCard_AreBookedSwappedAndCancelled()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsync("/");
        await visit.FollowAsync("Saturdays");
        await Assertions.Expect(visit.Page.Locator("[aria-label='Your filters'] .app-chip--on")).ToContainTextAsync("Saturday");
        await visit.AssertAccessibleAsync();
        await visit.ChooseDateAsync(visit.Page.Url);
        await visit.ReadAsync("Saturday");

        await visit.PressAsync("Book places on this date");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Enter the full name of the person who is coming", "Enter the email address of the person who is coming");
        await visit.AssertAccessibleAsync();
        await visit.FillAsync("Full name", "Dana Delegate");
        await visit.FillAsync("Work email address", "dana@");
        await visit.PressAsync("Add another person");
        await visit.Page.Locator("#People_1__Name").FillAsync("Eli Example");
        await visit.Page.Locator("#People_1__Email").FillAsync(AddressOf("Eli Example"));
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Enter an email address in the correct format, like name@example.com");
        Assert.Equal("Dana Delegate", await visit.Page.Locator("#People_0__Name").InputValueAsync());
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator("#People_0__Email").FillAsync(AddressOf("Dana Delegate"));
        await visit.PressAsync("Continue");

        await visit.SeeAsync("About you and your organisation");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Enter your full name", "Enter your work email address", "Select the sector you work in", "Select the area you work in");
        await visit.AssertAccessibleAsync();
        await visit.DescribeAsync("Harbour Nursery", "Bea Booker");

        await visit.SeeAsync("How do you want to pay?");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Select how you want to pay");
        await visit.AssertAccessibleAsync();
        await visit.ChooseAsync("Card");
        await visit.PressAsync("Continue");

        await visit.SeeAsync("Check your answers");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Confirm and pay");
        await visit.SeeAsync("Pay by card");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Pay £");

        await visit.SeeAsync("Test card page");
        await visit.PressAsync("Have the card declined");
        await visit.PressAsync("Go back without paying");
        await visit.ReadAsync("You left the payment page. You have not been charged");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Pay £");
        await visit.PressAsync("Pay by card");
        await visit.SeeAsync("Booking confirmed");
        await visit.AssertAccessibleAsync();
        await visit.FollowAsync("See the receipt");
        await visit.ReadAsync("Paid in total");
        await visit.AssertAccessibleAsync();

        await using var later = await site.OpenAsync();
        await later.OpenMailAsync(AddressOf("Bea Booker"), "Booking confirmed");
        await later.AssertAccessibleAsync();
        await later.GoAsync(await later.MailedLinkAsync("/b/[^/]+"));
        await later.SeeAsync("Booking confirmed");

        await later.FollowAsync("Swap or correct the name of Eli Example");
        await later.SeeAsync("Change the place of Eli Example");
        await later.PressAsync("Save the change");
        await later.SeeErrorsAsync("Select what you want to change");
        await later.ChooseAsync("Somebody else is coming instead");
        await later.PressAsync("Save the change");
        await later.SeeErrorsAsync("Enter the full name of the new person", "Enter their work email address");
        await later.AssertAccessibleAsync();
        await later.FillAsync("Full name of the new person", "Fay Fresh");
        await later.FillAsync("Their work email address", AddressOf("Fay Fresh"));
        await later.PressAsync("Save the change");
        await later.ReadAsync("Fay Fresh");

        await later.FollowAsync("Cancel the place of Dana Delegate");
        await later.SeeAsync("Cancel the place of Dana Delegate?");
        await later.AssertAccessibleAsync();
        await later.PressAsync("Cancel this place");
        await later.ReadAsync("Cancelled: Dana Delegate");
        await later.AssertAccessibleAsync();
        await site.AssertSoundAsync();
    }

    [Fact]
    public async Task OneDelegate_WithoutJavaScript_PaysByCardAndCancels()
    {
        await using var visit = await site.OpenAsync(javaScript: false);
        await visit.ChooseDateAsync("/courses?when=twilight&places=available");

        await visit.GiveNamesAsync("Plain School", "Pia Plain", "Nora Noscript");
        await visit.SeeAsync("How do you want to pay?");
        await visit.ChooseAsync("Card");
        await visit.PressAsync("Continue");
        await visit.PressAsync("Confirm and pay");
        await visit.PressAsync("Pay £");
        await visit.PressAsync("Pay by card");
        await visit.SeeAsync("Booking confirmed");
        await visit.PressAsync("Cancel the whole booking");
        await visit.PressAsync("Cancel the booking");

        await visit.SeeAsync("Booking cancelled");
        await site.AssertSoundAsync();
    }

    [Fact]
    public async Task CardDeclined_AsksForAnInvoice_KeepsThePlaces()
    {
        await using var visit = await site.OpenAsync();
        await visit.ChooseDateAsync("/courses?when=twilight&places=available");
        await visit.GiveNamesAsync("Refused Card School", "Remi Refused");
        await visit.SeeAsync("How do you want to pay?");
        await visit.ChooseAsync("Card");
        await visit.PressAsync("Continue");
        await visit.PressAsync("Confirm and pay");
        await visit.PressAsync("Pay £");
        await visit.PressAsync("Have the card declined");
        await visit.PressAsync("Go back without paying");

        await visit.FollowAsync("Pay by invoice instead");
        await visit.SeeAsync("Pay by invoice instead");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Confirm and pay by invoice");
        await visit.SeeErrorsAsync("Enter the email address for the invoice");
        await visit.AssertAccessibleAsync();
        await visit.FillAsync("Email address for the invoice", "bursar@example.org");
        await visit.PressAsync("Confirm and pay by invoice");

        await visit.SeeAsync("Booking confirmed");
        await visit.ReadAsync("You pay by invoice. We send it to bursar@example.org.");
        await visit.AssertAccessibleAsync();
        await site.App.RunJobAsync(nameof(TrainingHub.Payments.IssueInvoices));
        await site.AssertSoundAsync();
    }

    [Fact]
    public async Task Invoice_WithAPurchaseOrder_IsSentAndShown()
    {
        await using var visit = await site.OpenAsync(Screen.Desktop);
        await visit.ChooseDateAsync("/courses?when=weekday&delivery=in-person&places=available");
        await visit.GiveNamesAsync("Invoice Primary School", "Ines Invoice");
        await visit.SeeAsync("How do you want to pay?");
        await visit.ChooseAsync("Invoice");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Enter the email address for the invoice");
        await visit.AssertAccessibleAsync();
        await visit.FillAsync("Email address for the invoice", "finance@example.org");
        await visit.FillAsync("Purchase order number (optional)", "PO-4711");
        await visit.PressAsync("Continue");
        await visit.ReadAsync("Purchase order PO-4711");
        await visit.PressAsync("Confirm booking");
        await visit.SeeAsync("Booking confirmed");

        await site.App.RunJobAsync(nameof(TrainingHub.Payments.IssueInvoices));
        await visit.FollowAsync("See the invoice");

        await visit.ReadAsync("PO-4711");
        await visit.AssertAccessibleAsync();
        await using var finance = await site.OpenAsync();
        await finance.OpenMailAsync("finance@example.org", "Invoice ");
        await finance.GoAsync(await finance.MailedLinkAsync("/b/[^/]+/invoice"));
        await finance.ReadAsync("PO-4711");
        await site.AssertSoundAsync();
    }
}
