using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.BrowserTests;

/// <summary>One visitor's tab. It remembers everything that the browser complained about.</summary>
public sealed class Visit : IAsyncDisposable
{
    // The narrowest screen that a page must fit without scrolling to the side (WCAG 2.2, 1.4.10).
    private static readonly ViewportSize Narrow = new() { Width = 320, Height = 844 };

    // Every page and state that is checked is also photographed when this names a folder.
    private static readonly string? Album = Environment.GetEnvironmentVariable("BROWSER_TESTS_PICTURES");

    private readonly BrowserFixture site;
    private readonly bool runsScripts;
    private readonly List<string> complaints = [];

    internal Visit(IPage page, bool runsScripts, BrowserFixture site)
    {
        (Page, this.runsScripts, this.site) = (page, runsScripts, site);
        page.Console += (_, message) => Note(message);
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public static ViewportSize SizeOf(Screen screen) => screen switch
    {
        Screen.Phone => new() { Width = 390, Height = 844 },
        Screen.Desktop => new() { Width = 1280, Height = 900 },
    };

    /// <summary>Opens a page. A browser's note that the page itself answered 4xx or 5xx is no complaint.</summary>
    public async Task<IResponse> GoAsync(string address) =>
        await Page.GotoAsync(address) ?? throw new InvalidOperationException($"{address} gave no answer.");

    /// <summary>Follows the first link with these words.</summary>
    public Task FollowAsync(string words) => Page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).First.ClickAsync();

    /// <summary>Presses the button (or the link that looks like one) whose name begins with these words.</summary>
    public Task PressAsync(string words)
    {
        var name = new Regex("^" + Regex.Escape(words));
        var link = Page.Locator("a.govuk-button").And(Page.GetByRole(AriaRole.Link, new() { NameRegex = name }));
        return Page.GetByRole(AriaRole.Button, new() { NameRegex = name }).Or(link).First.ClickAsync();
    }

    public Task FillAsync(string label, string value) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    /// <summary>Selects a radio button or checkbox by its label.</summary>
    public Task ChooseAsync(string label) => Page.GetByLabel(label, new() { Exact = true }).CheckAsync();

    /// <summary>Waits for the page with this heading.</summary>
    public Task SeeAsync(string heading) => Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync(heading);

    /// <summary>Waits until these words stand somewhere on the page.</summary>
    public Task ReadAsync(string words) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(words);

    /// <summary>Waits for the error summary, in which each of these messages leads to its field.</summary>
    public async Task SeeErrorsAsync(params string[] messages)
    {
        var links = Page.Locator(".govuk-error-summary__list a");
        await Assertions.Expect(links).ToHaveTextAsync(messages);
        foreach (var target in await links.EvaluateAllAsync<string[]>("links => links.map(link => link.hash)"))
        {
            Assert.Equal(1, await Page.Locator($"[id='{target[1..]}']").CountAsync());
        }

        Assert.StartsWith("Error: ", await Page.TitleAsync(), StringComparison.Ordinal);
    }

    /// <summary>To that staff page, where it is needed by the demonstration's own button.</summary>
    public async Task GoAsCoordinatorAsync(string address)
    {
        await GoAsync(address);
        if (new Uri(Page.Url).AbsolutePath == "/sign-in")
        {
            await PressAsync("Sign in as the coordinator");
        }

        await ArriveAsync(path => path == address);
    }

    /// <summary>
    /// Until the page at such a path is there to its end. By what it holds: the event that it was loaded can slip by between the driver's
    /// look at what has happened and its waiting for it.
    /// </summary>
    public async Task ArriveAsync(Func<string, bool> isWanted)
    {
        await Page.WaitForURLAsync(url => isWanted(new Uri(url).AbsolutePath), new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(Page.Locator("footer")).ToBeAttachedAsync();
    }

    /// <summary>Has waiting emails sent and opens the newest to that address whose subject begins so, as the demonstration shows it.</summary>
    public async Task OpenMailAsync(string to, string subject)
    {
        await site.App.RunJobAsync(nameof(SendEmails));
        await GoAsync("/dev/mail");
        await Page.Locator("tr", new() { HasText = to }).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^" + Regex.Escape(subject)) }).First.ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync(subject);
    }

    /// <summary>The address in the open email that matches this pattern to its end.</summary>
    public async Task<string> MailedLinkAsync(string pattern)
    {
        var links = await Page.Locator(".app-plain-text a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        return Assert.Single(links.Distinct(), link => Regex.IsMatch(link, pattern + "$"));
    }

    /// <summary>
    /// The page as it stands breaks no rule of WCAG 2.2 AA that axe can see, has one h1 that its title begins with, and is
    /// no wider than a screen of 320 px.
    /// </summary>
    public async Task AssertAccessibleAsync()
    {
        await AssertNoViolationsAsync();
        var heading = await Page.Locator("h1").InnerTextAsync();
        var title = await Page.TitleAsync();
        Assert.StartsWith(heading, title.StartsWith("Error: ", StringComparison.Ordinal) ? title["Error: ".Length..] : title, StringComparison.Ordinal);
        await AtSizeAsync(Narrow, AssertFitsAsync);
    }

    /// <summary>The same, and axe looks once more on another screen.</summary>
    public async Task AssertAccessibleAsync(Screen another)
    {
        await AssertAccessibleAsync();
        await AtSizeAsync(SizeOf(another), AssertNoViolationsAsync);
    }

    /// <summary>What the browser wrote to its console so far; disposing asserts that it is nothing.</summary>
    public void AssertQuiet() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        AssertQuiet();
    }

    private async Task AssertNoViolationsAsync()
    {
        if (Album is not null)
        {
            await PhotographAsync(Album);
        }

        var violations = await (runsScripts ? Axe.ViolationsAsync(Page) : Axe.ViolationsWithoutScriptsAsync(Page));
        Assert.True(violations.Length == 0, $"{Page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>Nothing but a box that scrolls by itself is wider than the screen.</summary>
    private async Task AssertFitsAsync()
    {
        var wide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(wide <= Narrow.Width, string.Create(CultureInfo.InvariantCulture, $"{Page.Url} is {wide} px wide on a screen of {Narrow.Width}."));
    }

    private async Task AtSizeAsync(ViewportSize size, Func<Task> act)
    {
        var before = Page.ViewportSize ?? throw new InvalidOperationException("The page has no viewport.");
        await Page.SetViewportSizeAsync(size.Width, size.Height);
        await act();
        await Page.SetViewportSizeAsync(before.Width, before.Height);
    }

    private async Task PhotographAsync(string album)
    {
        Directory.CreateDirectory(album);
        var words = Regex.Replace(await Page.TitleAsync(), " – .*|[^A-Za-z0-9]+", "-");
        var path = Regex.Replace(new Uri(Page.Url).AbsolutePath, "[^A-Za-z]+", "-");
        await Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(album, string.Create(CultureInfo.InvariantCulture, $"{path[..Math.Min(40, path.Length)]} {words[..Math.Min(50, words.Length)]} {Page.ViewportSize?.Width}.png")),
            FullPage = true,
        });
    }

    private void Note(IConsoleMessage message)
    {
        var isOwnStatus = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            && message.Location.StartsWith(Page.Url, StringComparison.Ordinal);
        if (!isOwnStatus)
        {
            complaints.Add($"{message.Type}: {message.Text} ({message.Location})");
        }
    }
}
