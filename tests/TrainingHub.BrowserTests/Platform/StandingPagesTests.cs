using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

public sealed class StandingPagesTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("/accessibility")]
    [InlineData("/privacy")]
    [InlineData("/cookies")]
    [InlineData("/contact")]
    [InlineData("/terms")]
    [InlineData("/no-such-page")]
    [InlineData("/error/429")]
    [InlineData("/error/500")]
    public async Task Page_OnAPhone_IsAccessible(string address)
    {
        await using var visit = await site.OpenAsync(Screen.Phone);

        await visit.GoAsync(address);

        await visit.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData("/contact")]
    [InlineData("/sign-in")]
    public async Task Page_OnADesktop_IsAccessible(string address)
    {
        await using var visit = await site.OpenAsync(Screen.Desktop);

        await visit.GoAsync(address);

        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Menu_OnAPhone_OpensWithAScriptAndStandsOpenWithoutOne()
    {
        await using var scripted = await site.OpenAsync(Screen.Phone);
        await scripted.GoAsync("/contact");
        var link = scripted.Page.GetByRole(AriaRole.Link, new() { Name = "Free places", Exact = true });
        Assert.False(await link.IsVisibleAsync());
        await scripted.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        Assert.True(await link.IsVisibleAsync());

        await using var plain = await site.OpenAsync(Screen.Phone, javaScript: false);
        await plain.GoAsync("/contact");
        Assert.True(await plain.Page.GetByRole(AriaRole.Link, new() { Name = "Free places", Exact = true }).IsVisibleAsync());
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
