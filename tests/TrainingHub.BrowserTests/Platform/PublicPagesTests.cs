using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

/// <summary>Walks every link from the home page.</summary>
public sealed class PublicPagesTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task PublicPages_FollowedFromTheHomePage_AreAccessible()
    {
        await using var visit = await site.OpenAsync();

        var seen = await visit.WalkAsync(["/", "/courses?when=saturday&area=BCP&q=safeguarding", "/courses?q=zzzzz"], path => !path.StartsWith("/staff/", StringComparison.Ordinal));

        // Shown to who has just applied or complained: FreePlaceTests, DataRequestTests.
        string[] elsewhere = ["/free-places/applied", "/privacy/complaint/sent"];
        Assert.Empty(site.PagesWithoutParameter(path => !path.StartsWith("/staff", StringComparison.Ordinal)).Except(seen).Except(elsewhere));
    }

    [Fact]
    public async Task CourseFilters_ThatCannotBeRead_SaySoAtTheField()
    {
        await using var visit = await site.OpenAsync();

        await visit.GoAsync("/courses?from=soon&when=never");

        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        Assert.Equal("soon", await visit.Page.GetByLabel("From").InputValueAsync());
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task ForcedColours_KeepTheEdgesOfWhatCanBePressed()
    {
        await using var visit = await site.OpenAsync(forcedColours: ForcedColors.Active);
        foreach (var address in (string[])["/", "/courses?when=saturday", "/contact"])
        {
            await visit.GoAsync(address);

            var edgeless = await visit.Page.Locator(".govuk-button:visible, .app-chip:visible").EvaluateAllAsync<string[]>(
                "all => all.filter(one => ['borderTopWidth', 'outlineWidth'].every(edge => parseFloat(getComputedStyle(one)[edge]) === 0)).map(one => one.outerHTML)");

            Assert.Empty(edgeless);
            await visit.AssertAccessibleAsync();
        }
    }
}
