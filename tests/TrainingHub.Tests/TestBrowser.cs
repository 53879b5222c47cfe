using AngleSharp.Html.Parser;
using Xunit;

namespace TrainingHub.Tests;

/// <summary>Visits pages as a browser without JavaScript does: keeps cookies, follows redirects, sends forms as they stand in the page.</summary>
public sealed class TestBrowser(HttpClient client)
{
    public HttpClient Client => client;

    public async Task<TestPage> GetAsync(string address) => await ReadAsync(await client.GetAsync(address, TestContext.Current.CancellationToken));

    /// <summary>Asks again until the page has these words: the database tells what is stored a moment later.</summary>
    public async Task<TestPage> EventuallyAsync(string address, string words)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            var page = await GetAsync(address);
            if (page.All("body")[0].Contains(words, StringComparison.Ordinal))
            {
                return page;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public async Task<TestPage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await ReadAsync(await client.PostAsync(address, content, TestContext.Current.CancellationToken));
    }

    public async Task<TestPage> SendAsync(HttpRequestMessage request) =>
        await ReadAsync(await client.SendAsync(request, TestContext.Current.CancellationToken));

    private async Task<TestPage> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isPage = response.Content.Headers.ContentType?.MediaType == "text/html";
        return new TestPage(this, response, text, new HtmlParser().ParseDocument(isPage ? text : ""));
    }
}
