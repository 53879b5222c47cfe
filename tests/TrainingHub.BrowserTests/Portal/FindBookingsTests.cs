using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TrainingHub.BrowserTests.Bookings;
using Xunit;

namespace TrainingHub.BrowserTests.Portal;

/// <summary>A lost link found again with a code that is read on another device, and an organisation's year seen at once, on a phone.</summary>
public sealed partial class FindBookingsTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(true, "Lola Lost")]
    [InlineData(false, "Luke Lost")]
    public async Task LostLink_IsFoundAgainWithACode(bool javaScript, string name)
    {
        await using (var booker = await site.OpenAsync())
        {
            await booker.ChooseDateAsync("/courses?fee=free&places=available");
            await booker.GiveNamesAsync("Lost Lane Nursery", name);
            await booker.PressAsync("Confirm booking");
            await booker.SeeAsync("Booking confirmed");
        }

        await using var visit = await site.OpenAsync(javaScript: javaScript);
        await visit.GoAsync("/bookings/AAAAAAAA");
        await visit.FollowAsync("Find your bookings");
        await visit.SeeAsync("Find your bookings");
        await visit.PressAsync("Send me a code");
        await visit.SeeErrorsAsync("Enter your work email address");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await SignInAsync(visit, BookingSteps.AddressOf(name));
        await visit.SeeAsync("My bookings");
        await visit.ReadAsync(name);
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.FollowAsync("My training");
        await visit.SeeAsync($"Training of {name}");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.FollowAsync("My bookings");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^See or change booking") }).First.ClickAsync();
        await visit.SeeAsync("Booking confirmed");
        await visit.GoAsync("/my/sign-out");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Sign out in this browser");
        await visit.ReadAsync("You are signed out.");
    }

    [Fact]
    public async Task OrganisationsYear_IsSeenAtOnceByItsLead()
    {
        const string Lead = "head@year.example.org";
        await using (var booker = await site.OpenAsync())
        {
            await booker.ChooseDateAsync("/courses?fee=free&places=available");
            await booker.GiveNamesAsync("Year Hill School", "Yan Year", "Yve Year");
            await booker.PressAsync("Confirm booking");
            await booker.SeeAsync("Booking confirmed");
        }

        await using (var coordinator = await site.OpenAsync())
        {
            await coordinator.GoAsCoordinatorAsync("/staff/organisations");
            await coordinator.GoAsync("/staff/organisations?q=year+hill");
            await coordinator.FollowAsync("Year Hill School");
            await coordinator.FillAsync("Email address of a training lead", Lead);
            await coordinator.PressAsync("Add the training lead");
            await coordinator.ReadAsync("can see the training of the organisation from now on");
            await coordinator.AssertAccessibleAsync(Screen.Desktop);
        }

        await using var visit = await site.OpenAsync();
        await visit.GoAsync("/find-bookings");
        await SignInAsync(visit, Lead);
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Year Hill School: training in");
        await visit.ReadAsync("Yan Year");
        await visit.ReadAsync("Yve Year");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.FillAsync("Email address of your colleague", "somebody@gmail.com");
        await visit.PressAsync("Send the invitation");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await site.AssertSoundAsync();
    }

    // The email is opened in another browser, as on a phone beside the computer.
    private async Task SignInAsync(Visit visit, string address)
    {
        await visit.FillAsync("Your work email address", address);
        await visit.PressAsync("Send me a code");
        await visit.SeeAsync("Enter the code");
        await visit.PressAsync("Sign in");
        await visit.SeeErrorsAsync("Enter the code");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await using var phone = await site.OpenAsync();
        await phone.OpenMailAsync(address, "Your code to see your bookings");
        var code = Code().Match(await phone.Page.Locator(".app-plain-text").InnerTextAsync()).Value;
        await visit.FillAsync("Code", $" {code.ToLowerInvariant()} ");
        await visit.PressAsync("Sign in");
    }

    [GeneratedRegex(@"(?m)^[2-9A-HJKMNP-TV-Z]{4} [2-9A-HJKMNP-TV-Z]{4}$")]
    private static partial Regex Code();
}
