using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

/// <summary>An act is undone beside the message that says that it is done, by keyboard, with and without scripts.</summary>
public sealed class UndoTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Venue_ArchivedByMistake_IsUndoneByKeyboard(bool javaScript)
    {
        await using var visit = await site.OpenAsync(Screen.Phone, javaScript);
        await visit.GoAsCoordinatorAsync("/staff/venues");
        await visit.Page.Locator("main tbody a").First.ClickAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Archive this venue" }).ClickAsync();
        await visit.ReadAsync("Archived. It is not offered for new dates");
        await visit.AssertAccessibleAsync();
        await visit.AssertAccessibleAsync(Screen.Desktop);
        var undo = visit.Page.Locator(".govuk-notification-banner").GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo") });
        await undo.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.ReadAsync("Undone. It is in use again.");
        await visit.ReadAsync("Undone: archived by");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Archive this venue" })).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await site.AssertSoundAsync();
    }
}
