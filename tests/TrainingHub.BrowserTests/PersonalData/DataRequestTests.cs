using Xunit;

namespace TrainingHub.BrowserTests.PersonalData;

/// <summary>A request about somebody's data from their page to the account of the erasure, each page looked at by axe.</summary>
public sealed class DataRequestTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Desktop)]
    public async Task Request_FromAPersonsPage_IsAccessibleToTheEnd(Screen screen)
    {
        await using var visit = await site.OpenAsync(screen);
        await visit.GoAsCoordinatorAsync("/staff/people");
        await visit.Page.Locator("tbody th a").First.ClickAsync();
        await visit.PressAsync("They ask about their data");
        await visit.PressAsync("Record it");
        await visit.SeeErrorsAsync("Select what they ask for");
        await visit.AssertAccessibleAsync();
        await visit.ChooseAsync("Erasure");
        await visit.PressAsync("Record it");
        await visit.ReadAsync("Person with a place: 1");
        await visit.AssertAccessibleAsync();
        var request = visit.Page.Url;

        foreach (var page in new[] { "find", "extend", "answer" })
        {
            await visit.GoAsync($"{request}/{page}");
            await visit.AssertAccessibleAsync();
        }

        await visit.GoAsync(request);
        await visit.Page.Locator("[name=Identity]").FillAsync("Rang back on the number of the school");
        await visit.PressAsync("Save");
        foreach (var page in new[] { "copy", "erase" })
        {
            await visit.GoAsync($"{request}/{page}");
            Assert.EndsWith(page, visit.Page.Url);
            await visit.AssertAccessibleAsync();
        }

        await visit.GoAsync("/staff/data-requests");
        await visit.AssertAccessibleAsync();
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Desktop)]
    public async Task Complaint_FromThePrivacyNoticeToItsAnswer_IsAccessible(Screen screen)
    {
        await using var visit = await site.OpenAsync(screen);
        await visit.GoAsync("/privacy/complaint");
        await visit.PressAsync("Send complaint");
        await visit.SeeErrorsAsync("Enter what went wrong", "Enter your full name", "Enter your email address, or below where else we can reach you");
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator("[name='Form.Complaint']").FillAsync("You sent my certificate to my former employer.");
        await visit.Page.Locator("[name='Form.Name']").FillAsync("Cleo Content");
        await visit.Page.Locator("[name='Form.Contact']").FillAsync("1 High Street");
        await visit.PressAsync("Send complaint");
        await visit.ReadAsync("Its number is");
        await visit.AssertAccessibleAsync();

        await visit.GoAsCoordinatorAsync("/staff/data-requests");
        await visit.GoAsync("/staff/data-requests?q=cleo");
        await visit.Page.Locator("tbody th a").First.ClickAsync();
        await visit.ReadAsync("Complaint from Cleo Content");
        await visit.AssertAccessibleAsync();
        var complaint = visit.Page.Url;
        foreach (var page in new[] { $"{complaint}/acknowledge", $"{complaint}/answer", "/staff/retention" })
        {
            await visit.GoAsync(page);
            await visit.AssertAccessibleAsync();
        }

        visit.AssertQuiet();
    }
}
