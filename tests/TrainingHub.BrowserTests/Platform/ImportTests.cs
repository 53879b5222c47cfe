using System.Text;
using Microsoft.Playwright;
using TrainingHub.Platform.Files;
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
        await WorkAsync();
        await visit.SeeAsync("The file has errors");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "What to mend in the file" }).Locator("tbody td")).ToHaveTextAsync(["3", "start", "“two” is not a time. Write it like 09:30."]);
        await visit.ReadAsync("There is one thing to mend.");
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import these rows" }).CountAsync());
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.FollowAsync("All files");
        await UploadAsync(visit, Good);
        await WorkAsync();
        await visit.SeeAsync("Check before importing");
        await Assertions.Expect(visit.Page.Locator(".app-figure")).ToHaveTextAsync(["2 new", "0 changed", "0 unchanged"]);
        await visit.ReadAsync("New course: Listening to toddlers.");
        await visit.ReadAsync("New venue: Harbour Hall.");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Import these rows");
        await WorkAsync();
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
        await WorkAsync();
        await visit.ReadAsync("Nothing to do: all 2 rows are known already.");
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import these rows" }).CountAsync());
        await visit.AssertAccessibleAsync();
        await site.AssertSoundAsync();
    }

    [Fact]
    public async Task Programme_WorkbookWithOddHeadings_IsExplainedPreviewedAndImportedInTheBackground()
    {
        var file = await WorkbookWriter.TableAsync(
            "Dates 2027",
            ["Training", "Ref", "Date", "Start", "Finish", "Max delegates", "Where held", "Council", "Cost", "Notes"],
            [
                ["Listening to teenagers", "TEEN-1", "2027-04-10", "09:30", "12:30", "20", "Quay Room", "Poole", "52.50", "Bring a pen"],
                ["Listening to teenagers", "TEEN-2", "17-Apr-27", "9.30", "12:30", "12", "", "Poole", "FREE", ""],
                ["Total", "", "", "", "", "32", "", "", "", ""],
            ],
            TestContext.Current.CancellationToken);
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff/import");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await UploadAsync(visit, file, "Training programme 2027.xlsx");
        await visit.SeeAsync("Checking the file");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await WorkAsync();

        await visit.SeeAsync("The file has errors");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await SelectAsync(visit, "“Training”", "course (needed)");
        await SelectAsync(visit, "“Ref”", "run_reference (needed)");
        await SelectAsync(visit, "“Finish”", "end (needed)");
        await SelectAsync(visit, "“Max delegates”", "capacity (needed)");
        await SelectAsync(visit, "“Where held”", "venue");
        await SelectAsync(visit, "“Council”", "area");
        await SelectAsync(visit, "“Cost”", "fee");
        await visit.PressAsync("Remember this and check again");
        await WorkAsync();
        await visit.ReadAsync("“Poole” is not known. Write one of: BCP, Dorset, Both, Elsewhere.");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await SelectAsync(visit, "“Poole”, area", "BCP");
        await visit.PressAsync("Remember this and check again");
        await WorkAsync();

        await visit.SeeAsync("Check before importing");
        await visit.ReadAsync("Excel workbook, sheet “Dates 2027”, headings in row 1. 2 rows.");
        await visit.ReadAsync("Row 4, a total");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Import these rows");
        await visit.SeeAsync("Importing the file");
        await visit.GoAsync("/staff/import");
        await visit.ReadAsync("Being imported");
        await visit.FollowAsync("Training programme 2027.xlsx");
        await WorkAsync();
        await visit.SeeAsync("The file is imported");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.GoAsync("/staff/import");
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await UploadAsync(visit, Encoding.UTF8.GetBytes("course,run_reference,date,start,end,capacity,fee\nListening to teenagers,TEEN-1,12/4/2027,10:00,12:30,24,60\n"), "changes.csv");
        await WorkAsync();
        await visit.SeeAsync("Check before importing");
        await visit.ReadAsync("What changes");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await site.AssertSoundAsync();
    }

    private static Task<IReadOnlyList<string>> SelectAsync(Visit visit, string label, string option) =>
        visit.Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>The background does what is in line, as soon as it is there; the page sees it when it looks again.</summary>
    private async Task WorkAsync()
    {
        while (await site.App.RunJobAsync("RunImports") == 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static Task UploadAsync(Visit visit, string content) => UploadAsync(visit, Encoding.UTF8.GetBytes(content), "programme.csv");

    private static async Task UploadAsync(Visit visit, byte[] content, string name)
    {
        await visit.ChooseAsync("Programme: courses and dates");
        await visit.Page.GetByLabel("Spreadsheet or CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = name,
            MimeType = "application/octet-stream",
            Buffer = content,
        });
        await visit.PressAsync("Check the file");
    }
}
