using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TrainingHub.Tests;

/// <summary>What came back: the status, the address after redirects, the text and the parsed page.</summary>
public sealed class TestPage(TestBrowser browser, HttpResponseMessage response, string text, IHtmlDocument document)
{
    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseMessage Response => response;

    /// <summary>Path and query of the page that was reached in the end.</summary>
    public string Address => response.RequestMessage!.RequestUri!.PathAndQuery;

    public string Text => text;

    public IHtmlDocument Document => document;

    public string Title => document.Title ?? "";

    public string Heading => Words(document.QuerySelector("h1"));

    /// <summary>What a reader sees in the main part, with single spaces.</summary>
    public string Main => Words(document.QuerySelector("main"));

    /// <summary>The lines of the error summary.</summary>
    public IReadOnlyList<string> Errors => [.. document.QuerySelectorAll(".govuk-error-summary__list li").Select(Words)];

    public IReadOnlyList<string> All(string selector) => [.. document.QuerySelectorAll(selector).Select(Words)];

    public IElement Find(string selector) =>
        document.QuerySelector(selector) ?? throw new InvalidOperationException($"There is no {selector} on {Address} ({Status}): {Main}");

    /// <summary>Follows the link with these words.</summary>
    public async Task<TestPage> FollowAsync(string words)
    {
        var link = document.QuerySelectorAll("a[href]").FirstOrDefault(anchor => Words(anchor) == words)
            ?? throw new InvalidOperationException($"There is no link “{words}” on {Address}: {string.Join(" | ", All("a[href]"))}");
        return await browser.GetAsync(Absolute(link.GetAttribute("href")!));
    }

    /// <summary>
    /// Fills in and sends the page's form: the one in main, or the one that the selector names, with its hidden fields. Of several, the one
    /// that has the button.
    /// </summary>
    public async Task<TestPage> SubmitAsync(Action<TestForm>? fill = null, string selector = "main form[method=post]", string? button = null)
    {
        var element = document.QuerySelectorAll(selector).FirstOrDefault(one => button is not null && one.QuerySelectorAll("button").Any(pressed => pressed.TextContent.Trim() == button));
        var form = new TestForm((IHtmlFormElement)(element ?? Find(selector)), button);
        fill?.Invoke(form);
        var action = Absolute(form.Action ?? Address);
        if (form.IsPost)
        {
            using var content = form.Content();
            using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = content };
            return await browser.SendAsync(request);
        }

        return await browser.GetAsync(form.QueryOn(action));
    }

    public TestBrowser Browser => browser;

    /// <summary>What the page's form would send.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields(Action<TestForm> fill)
    {
        var form = new TestForm((IHtmlFormElement)Find("main form[method=post]"), button: null);
        fill(form);
        return form.Fields;
    }

    private static string Words(IElement? element) =>
        string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private string Absolute(string address) => new Uri(response.RequestMessage!.RequestUri!, address).PathAndQuery;
}
