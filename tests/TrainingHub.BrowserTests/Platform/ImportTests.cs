using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

public sealed class ImportTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private const string Good =
        """
        course,run_reference,date,start,end,capacity,delivery,venue,area,fee
        Listening to toddlers,TOD-1,2027-04-10,09:30,12:30,20,In person,Harbour Hall,BCP,FREE
        Listening to toddlers,TOD-2,17/04/2027,14:00,17:00,12,Online,,Both,FREE

        """;

    [Fact]
    public async Task Programme_WithAnErrorAndThenMended_IsPreviewedImportedOnceAndSeen()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff/import");
        await UploadAsync(visit, Good.Replace("14:00", "two", StringComparison.Ordinal));
        await visit.SeeAsync("The file has errors");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "What to mend in the file" }).Locator("tbody td")).ToHaveTextAsync(["3", "start", "“two” is not a time. Write it like 09:30."]);
        await visit.ReadAsync("There is one thing to mend.");
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import these rows" }).CountAsync());
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.FollowAsync("All files");
        await UploadAsync(visit, Good);
        await visit.SeeAsync("Check before importing");
        await Assertions.Expect(visit.Page.Locator(".app-figure")).ToHaveTextAsync(["2 new", "0 changed", "0 unchanged"]);
        await visit.ReadAsync("New course: Listening to toddlers.");
        await visit.ReadAsync("New venue: Harbour Hall.");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Import these rows");
        await visit.ReadAsync("2 added, 0 changed, 0 unchanged.");
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/courses?q=toddlers");
        await visit.FollowAsync("Listening to toddlers");
        await visit.SeeAsync("Listening to toddlers");
        await Assertions.Expect(visit.Page.Locator(".app-date")).ToHaveCountAsync(2);
        await visit.ReadAsync("Harbour Hall");
        await visit.AssertAccessibleAsync();

        await visit.GoAsCoordinatorAsync("/staff/import");
        await UploadAsync(visit, Good);
        await visit.ReadAsync("Nothing to do: all 2 rows are known already.");
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import these rows" }).CountAsync());
        await visit.AssertAccessibleAsync();
        await site.AssertSoundAsync();
    }

    private static async Task UploadAsync(Visit visit, string content)
    {
        await visit.ChooseAsync("Programme: courses and dates");
        await visit.Page.GetByLabel("Spreadsheet or CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "programme.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(content),
        });
        await visit.PressAsync("Check the file");
    }
}
