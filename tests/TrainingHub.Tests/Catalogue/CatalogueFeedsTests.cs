using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

public sealed class CatalogueFeedsTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    [Theory]
    [InlineData("/courses.ics", 135)]
    [InlineData("/courses/neglect.ics", 3)]
    public async Task Calendar_HasEveryComingDate(string address, int count)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.Equal("text/calendar", page.Response.Content.Headers.ContentType?.MediaType);
        // A second meeting of a date is an event of its own, "…-2@host".
        Assert.Equal(count, page.Text.Split("\r\n").Count(line => line.StartsWith("UID:", StringComparison.Ordinal) && !line.Contains("-2@", StringComparison.Ordinal)));
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Atom_IsAFeedOfTheDatesAddedLast()
    {
        var page = await app.Browse().GetAsync("/feed.atom");

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(page.Text).Root!;
        Assert.Equal(atom + "feed", feed.Name);
        Assert.Equal(50, feed.Elements(atom + "entry").Count());
        Assert.All(feed.Elements(atom + "entry"), entry => Assert.StartsWith("urn:uuid:", entry.Element(atom + "id")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Atom_AddedAt_IsReadFromTheId()
    {
        var at = new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

        Assert.Equal(at, AtomFeed.AddedAt(Guid.CreateVersion7(at)));
    }

    [Fact]
    public async Task Sitemap_NamesPagesThatExist()
    {
        var page = await app.Browse().GetAsync("/sitemap.xml");

        XNamespace name = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var addresses = XDocument.Parse(page.Text).Root!.Elements(name + "url").Select(url => url.Element(name + "loc")!.Value).ToList();
        Assert.Contains("https://localhost/courses/neglect", addresses);
        Assert.Equal(135, addresses.Count(address => address.Contains("/dates/", StringComparison.Ordinal)));
        Assert.All(addresses, address => Assert.StartsWith("https://localhost/", address, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/v1/courses", "CoursePage", "Course", 22)]
    [InlineData("/api/v1/dates", "DatePage", "Date", 135)]
    [InlineData("/api/v1/dates?when=saturday", "DatePage", "Date", 5)]
    [InlineData("/api/v1/dates?q=wt&when=saturday", "DatePage", "Date", 4)]
    public async Task Api_Answer_HasExactlyTheDescribedShape(string address, string pageName, string itemName, int total)
    {
        using var answer = JsonDocument.Parse((await app.Browse().GetAsync(address)).Text);
        using var described = JsonDocument.Parse((await app.Browse().GetAsync("/openapi/v1.json")).Text);

        Assert.Equal(total, answer.RootElement.GetProperty("total").GetInt32());
        AssertFits(answer.RootElement, Schema(described, pageName));
        Assert.All(answer.RootElement.GetProperty("items").EnumerateArray(), item => AssertFits(item, Schema(described, itemName)));
    }

    [Fact]
    public async Task Api_Next_LeadsThroughAllDatesOnce()
    {
        var ids = new List<string>();
        var address = (string?)"/api/v1/dates?places=available";
        while (address is not null)
        {
            using var answer = JsonDocument.Parse((await app.Browse().GetAsync(address)).Text);
            ids.AddRange(answer.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            address = answer.RootElement.GetProperty("next").GetString();
        }

        Assert.Equal((135, 135), (ids.Count, ids.Distinct().Count()));
    }

    [Theory]
    [InlineData("/api/v1/dates?when=monday", "when")]
    [InlineData("/api/v1/dates?page=0", "page")]
    [InlineData("/api/v1/courses?page=x", "page")]
    public async Task Api_WrongParameter_Is400AndNamed(string address, string field)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        using var problem = JsonDocument.Parse(page.Text);
        Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(field, out _));
    }

    private static JsonElement Schema(JsonDocument described, string name) => described.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static void AssertFits(JsonElement value, JsonElement schema)
    {
        var described = schema.GetProperty("properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        Assert.Equal(described.Keys.Order(), value.EnumerateObject().Select(property => property.Name).Order());
        foreach (var property in value.EnumerateObject().Where(property => described[property.Name].TryGetProperty("type", out _)))
        {
            var type = described[property.Name].GetProperty("type");
            var allowed = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).ToList() : [type.GetString()];
            Assert.Contains(TypeOf(property.Value), allowed);
            if (described[property.Name].TryGetProperty("enum", out var known))
            {
                Assert.Contains(property.Value.ToString(), known.EnumerateArray().Select(one => one.ToString()));
            }
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Null => "null",
        _ => "object",
    };
}
