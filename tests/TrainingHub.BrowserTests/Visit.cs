using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests;

/// <summary>One visitor's tab. It remembers everything that the browser complained about.</summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly AxeRunOptions WcagAa = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private readonly List<string> complaints = [];

    internal Visit(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message);
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Opens a page. A browser's note that the page itself answered 4xx or 5xx is no complaint.</summary>
    public async Task<IResponse> GoAsync(string address) =>
        await Page.GotoAsync(address) ?? throw new InvalidOperationException($"{address} gave no answer.");

    /// <summary>
    /// The page as it stands breaks no rule of WCAG 2.2 AA that axe can see, has one h1 that its title begins with, and is
    /// no wider than a screen of 320 px.
    /// </summary>
    public async Task AssertAccessibleAsync()
    {
        var result = await Page.RunAxe(WcagAa);
        var violations = result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(result.Violations.Length == 0, $"{Page.Url}\n{string.Join('\n', violations)}");

        var heading = await Page.Locator("h1").InnerTextAsync();
        var title = await Page.TitleAsync();
        Assert.StartsWith(heading, title.StartsWith("Error: ", StringComparison.Ordinal) ? title["Error: ".Length..] : title, StringComparison.Ordinal);
        await AssertFitsAsync(320);
    }

    /// <summary>Nothing but a box that scrolls by itself is wider than the screen.</summary>
    public async Task AssertFitsAsync(int width)
    {
        var before = Page.ViewportSize ?? throw new InvalidOperationException("The page has no viewport.");
        await Page.SetViewportSizeAsync(width, before.Height);
        var wide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        await Page.SetViewportSizeAsync(before.Width, before.Height);
        Assert.True(wide <= width, string.Create(CultureInfo.InvariantCulture, $"{Page.Url} is {wide} px wide on a screen of {width}."));
    }

    /// <summary>What the browser wrote to its console so far; disposing asserts that it is nothing.</summary>
    public void AssertQuiet() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        AssertQuiet();
    }

    private void Note(IConsoleMessage message)
    {
        var isOwnStatus = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            && message.Location.StartsWith(Page.Url, StringComparison.Ordinal);
        if (!isOwnStatus)
            complaints.Add($"{message.Type}: {message.Text} ({message.Location})");
    }
}
