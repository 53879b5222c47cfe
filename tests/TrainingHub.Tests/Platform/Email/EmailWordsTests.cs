using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>What holds for the words of every email.</summary>
public sealed partial class EmailWordsTests : IAsyncDisposable
{
    private readonly EmailRenderer renderer = new(() => EmailSamples.Brand);

    public static TheoryData<int, string> Samples =>
        new(EmailSamples.All.Select((message, index) => (index, EmailCatalogue.Of(message).Name)));

    [Theory, MemberData(nameof(Samples))]
    public async Task Text_EveryValueOfTheMessage_IsSaid(int index, string kind)
    {
        var message = EmailSamples.All[index];

        var (_, text) = await renderer.RenderAsync(message);

        Assert.All(Values(message), value => Assert.True(OneLine(text).Contains(value, StringComparison.Ordinal), $"{kind} does not say: {value}\n{text}"));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Html_EveryValueOfTheMessage_IsShownOrLinked(int index, string kind)
    {
        var message = EmailSamples.All[index];

        var document = new HtmlParser().ParseDocument((await renderer.RenderAsync(message)).Html);

        var shown = OneLine(document.Body!.TextContent);
        var links = document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ToHashSet();
        Assert.All(Values(message), value => Assert.True(links.Contains(value) || shown.Contains(value, StringComparison.Ordinal), $"{kind} does not show: {value}"));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Html_Document_IsWellFormed(int index, string kind)
    {
        var html = (await renderer.RenderAsync(EmailSamples.All[index])).Html;

        // Strict parsing: an unclosed or misplaced element anywhere throws.
        var document = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);

        Assert.Equal("en-GB", document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(document.Title, Assert.Single(document.QuerySelectorAll("h1")).TextContent);
        Assert.All(document.QuerySelectorAll("td, th, p, li, a, h2"), element => Assert.True(element.TextContent.Trim().Length > 0, $"{kind}: empty {element.LocalName}"));
        Assert.All(document.QuerySelectorAll("table"), table => Assert.True(table.QuerySelector("th") is not null || table.GetAttribute("role") == "presentation"));
        Assert.Empty(document.QuerySelectorAll("img, script, link, form, iframe, [onclick]"));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Text_Sentences_AreShort(int index, string kind)
    {
        var (_, text) = await renderer.RenderAsync(EmailSamples.All[index]);

        var sentences = text.Split('\n').SelectMany(line => SentenceEnd().Split(line));

        Assert.All(sentences, sentence => Assert.True(sentence.Split(' ').Length < 25, $"{kind}: {sentence}"));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Text_Addresses_EndAtTheirLine(int index, string kind)
    {
        var (_, text) = await renderer.RenderAsync(EmailSamples.All[index]);

        Assert.All(text.Split('\n').Where(line => line.Contains("https://", StringComparison.Ordinal)), line => Assert.True(AddressAtEnd().IsMatch(line), $"{kind}: {line}"));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Text_WhoWrites_IsNamed(int index, string kind)
    {
        var (_, text) = await renderer.RenderAsync(EmailSamples.All[index]);

        Assert.NotEmpty(kind);
        Assert.Contains(EmailSamples.Brand.PartnershipName, text, StringComparison.Ordinal);
        Assert.Contains(EmailSamples.Brand.ContactEmail, text, StringComparison.Ordinal);
        Assert.Contains("01202 000 111", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Message_StoredAndReadBack_IsTheSame(int index, string kind)
    {
        var message = EmailSamples.All[index];

        var row = OutgoingEmail.To("a@x.example", message, DateTimeOffset.UnixEpoch);

        Assert.Equal(kind, row.Kind);
        Assert.Equal(JsonSerializer.Serialize(message, message.GetType()), JsonSerializer.Serialize(row.Message(), message.GetType()));
    }

    // As the version before orders of several dates stored it.
    [Fact]
    public async Task Message_StoredBeforeItHadDates_IsReadAndSaysItsOne()
    {
        var stored = OutgoingEmail.To("a@x.example", EmailSamples.All[0], DateTimeOffset.UnixEpoch);
        var older = JsonNode.Parse(stored.Model!)!.AsObject();
        Assert.True(older.Remove("Dates"));
        var row = Given.NewStoredEmail(stored, older.ToJsonString());

        var (_, text) = await renderer.RenderAsync(row.Message());

        Assert.Contains(EmailSamples.Date.When, text, StringComparison.Ordinal);
        Assert.Contains("Łukasz Żółw", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_MarkupInAValue_IsShownAsTyped()
    {
        var message = new PlaceForYouEmail("<script>alert(1)</script>", "A & B", EmailSamples.Date, "https://training.example/dates/1");

        var (html, text) = await renderer.RenderAsync(message);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Dear <script>alert(1)</script>,", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_NamesWithAccents_StayReadable()
    {
        var (html, _) = await renderer.RenderAsync(EmailSamples.All[0]);

        Assert.Contains("Łukasz Żółw", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/dates/1")]
    [InlineData("")]
    public async Task Render_LinkIsNotAnAbsoluteWebAddress_Throws(string address)
    {
        var message = new PlaceForYouEmail("Mia", "Ann", EmailSamples.Date, address);

        await Assert.ThrowsAsync<ArgumentException>(() => renderer.RenderAsync(message));
    }

    public ValueTask DisposeAsync() => renderer.DisposeAsync();

    /// <summary>Every string in the message, at any depth; the names of enum values are none.</summary>
    private static List<string> Values(IEmailMessage message)
    {
        var values = new List<string>();
        Collect(JsonSerializer.SerializeToElement(message, message.GetType(), OutgoingJson), values);
        return values;
    }

    private static readonly JsonSerializerOptions OutgoingJson = new() { IgnoreReadOnlyProperties = true };

    private static void Collect(JsonElement element, List<string> values)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            values.Add(element.GetString()!);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, values);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                Collect(property.Value, values);
            }
        }
    }

    private static string OneLine(string text) => Space().Replace(text, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=[.?!:])\s")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"https://\S*[a-z0-9]$")]
    private static partial Regex AddressAtEnd();
}
