using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

/// <summary>The end of a session as its owner sees it: warned before, told in every tab, and nothing that was typed is lost.</summary>
public sealed class SessionTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private const string NewHoliday = "/staff/school-holidays/new";

    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Desktop)]
    public async Task Session_Idle_WarnsIsProlongedAndKeepsWhatWasTyped(Screen screen)
    {
        await using var visit = await site.OpenAsync(screen);
        var page = visit.Page;
        await page.Clock.InstallAsync();
        await visit.GoAsCoordinatorAsync(NewHoliday);
        var (dialog, name) = (page.Locator("dialog.app-session"), $"Twixtmas of the {screen}");
        await page.Locator("[name='Form.Name']").FillAsync(name);
        await page.Locator("[name='Form.FromOn']").FillAsync("27/12/2027");
        await page.Locator("[name='Form.UntilOn']").FillAsync("31/12/2027");

        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await page.Clock.FastForwardAsync("13:05");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("You will be signed out in 2 minutes");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Stay signed in");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await page.Clock.FastForwardAsync("10:00");
        await Assertions.Expect(dialog).ToBeHiddenAsync();

        site.App.Clock.Advance(TimeSpan.FromMinutes(16));
        await page.Clock.FastForwardAsync("05:05");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You are signed out");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Sign in again");
        await visit.PressAsync("Sign in as the coordinator");

        await visit.ReadAsync("You were signed out. Here is what you typed: check and send it again.");
        await Assertions.Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync(name);
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Add the school holiday");
        await visit.ReadAsync("The school holiday is added");
    }

    [Fact]
    public async Task SignOut_InAnotherTab_IsSeenInThisOneAndBackShowsNothing()
    {
        await using var visit = await site.OpenAsync(Screen.Desktop);
        await visit.GoAsCoordinatorAsync("/staff/people");
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync("/staff/dates");

        await other.Locator(".app-top__out").ClickAsync();
        await Assertions.Expect(other.Locator("h1")).ToHaveTextAsync("Staff sign in");

        await Assertions.Expect(visit.Page.Locator("dialog.app-session").GetByRole(AriaRole.Heading)).ToHaveTextAsync("You are signed out");
        await other.GoBackAsync();
        await Assertions.Expect(other.Locator("h1")).ToHaveTextAsync("Staff sign in");
        Assert.StartsWith("/sign-in", new Uri(other.Url).AbsolutePath, StringComparison.Ordinal);
        await visit.PressAsync("Sign in again");
        await visit.SeeAsync("Staff sign in");
    }

    [Fact]
    public async Task Session_UsedInAnotherTab_DoesNotEndInThisOne()
    {
        await using var visit = await site.OpenAsync();
        await visit.Page.Clock.InstallAsync();
        await visit.GoAsCoordinatorAsync("/staff/people");
        var dialog = visit.Page.Locator("dialog.app-session");
        await visit.Page.Clock.FastForwardAsync("13:05");
        await Assertions.Expect(dialog).ToBeVisibleAsync();

        // A tab of the same browser, whose clock goes on where this one's is.
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync("/staff/dates");

        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task File_TenMinutesAfterSignIn_AsksWhoItIsOnAnAccessiblePage()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff/account");
        await visit.ReadAsync("Chrome on Linux: this browser");
        await visit.AssertAccessibleAsync(Screen.Desktop);

        site.App.Clock.Advance(TimeSpan.FromMinutes(11));
        await visit.GoAsync("/staff/people?file=csv");
        await visit.SeeAsync("Confirm that it is you");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Enter your password");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Continue without a proof");
        await visit.ReadAsync("You can download the file now.");
        await visit.SeeAsync("People");
    }
}
