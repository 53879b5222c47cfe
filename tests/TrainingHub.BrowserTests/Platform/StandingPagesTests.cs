using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

public sealed class StandingPagesTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task ErrorPages_ToWhichNoLinkLeads_AreAccessible()
    {
        await using var visit = await site.OpenAsync();
        foreach (var address in (string[])["/no-such-page", "/error/429", "/error/500"])
        {
            await visit.GoAsync(address);

            await visit.AssertAccessibleAsync(Screen.Desktop);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ButtonWithoutAName_PutIntoAPage_FailsItsCheckByName(bool javaScript)
    {
        await using var visit = await site.OpenAsync(javaScript: javaScript);
        await visit.GoAsync("/contact");
        await visit.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('button'))");

        var failure = await Assert.ThrowsAsync<Xunit.Sdk.TrueException>(visit.AssertAccessibleAsync);

        Assert.EndsWith("/contact\nbutton-name: Buttons must have discernible text: <button></button>", failure.Message.ReplaceLineEndings("\n").TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Menu_OnAPhone_StandsOpenAndIsEasyToTap(bool javaScript)
    {
        await using var visit = await site.OpenAsync(Screen.Phone, javaScript: javaScript);
        await visit.GoAsync("/contact");

        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Free places", Exact = true });

        Assert.True(await link.IsVisibleAsync());
        Assert.True((await link.BoundingBoxAsync())!.Height >= 44);
    }

    [Fact]
    public async Task Form_WithErrors_MovesFocusToTheSummaryAndThenToTheField()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsync("/sign-in");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        var summary = visit.Page.Locator(".govuk-error-summary");
        await Assertions.Expect(summary).ToBeFocusedAsync();
        Assert.StartsWith("Error: ", await visit.Page.TitleAsync(), StringComparison.Ordinal);
        await visit.AssertAccessibleAsync();
        await summary.GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#Form_Email")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Form_OverPlainHttpOnLocalhost_IsAcceptedInChromium()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsync("/sign-in");

        await visit.Page.GetByLabel("Email").First.FillAsync("nobody@example.org");
        await visit.Page.Locator("#Form_Password").FillAsync("not the password");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        Assert.StartsWith("http://", visit.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        Assert.Equal("nobody@example.org", await visit.Page.Locator("#Form_Email").InputValueAsync());
    }
}
