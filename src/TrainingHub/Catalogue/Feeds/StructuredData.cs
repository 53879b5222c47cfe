using System.Globalization;
using System.Text.Json.Nodes;

namespace TrainingHub.Catalogue;

/// <summary>
/// schema.org Course with its CourseInstances as JSON-LD, as search engines read it (developers.google.com/search/docs,
/// "Course info", read November 2026). The text is safe inside a script element: the serializer escapes &lt;, &gt; and &amp;.
/// </summary>
internal static class StructuredData
{
    internal sealed record CourseWords(string Title, string Summary, string Url, string? Level);

    /// <summary>schema.org ItemList of courses that have pages of their own; empty without any.</summary>
    public static string OfList(IEnumerable<(string Title, string Path)> courses, Func<string, string> absolute)
    {
        var items = courses.Select((course, at) => (JsonNode)new JsonObject
        {
            ["@type"] = "ListItem",
            ["position"] = at + 1,
            ["name"] = course.Title,
            ["url"] = absolute(course.Path),
        }).ToArray();
        return items.Length == 0 ? "" : new JsonObject { ["@context"] = "https://schema.org", ["@type"] = "ItemList", ["itemListElement"] = new JsonArray(items) }.ToJsonString();
    }

    /// <param name="course">Its own words.</param>
    /// <param name="partnership">Who offers it.</param>
    /// <param name="absolute">Makes an absolute address of a path.</param>
    /// <param name="dates">Coming dates.</param>
    /// <param name="now">Places are those of this moment.</param>
    public static string Of(CourseWords course, string partnership, Func<string, string> absolute, IReadOnlyList<DateLine> dates, DateTimeOffset now)
    {
        var provider = new JsonObject { ["@type"] = "Organization", ["name"] = partnership, ["url"] = absolute("/") };
        var graph = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Course",
            ["@id"] = course.Url,
            ["url"] = course.Url,
            ["name"] = course.Title,
            ["description"] = course.Summary,
            ["inLanguage"] = "en-GB",
            ["provider"] = provider,
        };
        if (course.Level is not null)
        {
            graph["educationalLevel"] = course.Level;
        }

        if (dates.Count > 0)
        {
            graph["offers"] = new JsonArray([.. dates.SelectMany(EachOffer).Distinct().Select(CourseOffer)]);
            graph["hasCourseInstance"] = new JsonArray([.. dates.Select(date => Instance(date, absolute, now))]);
        }

        return graph.ToJsonString();
    }

    /// <summary>Each price, and whose it is where classes of payers pay different ones.</summary>
    private static IEnumerable<(Price Price, string? Whose)> EachOffer(DateLine date) =>
        date.EachPrice.Select(price => (price, date.ClassPrices is null ? null : price.Rule));

    private static JsonObject CourseOffer((Price Price, string? Whose) offer)
    {
        var written = new JsonObject
        {
            ["@type"] = "Offer",
            ["category"] = offer.Price.IsFree ? "Free" : "Paid",
            ["price"] = offer.Price.Each.Amount,
            ["priceCurrency"] = "GBP",
        };
        if (offer.Whose is { } whose)
        {
            written["description"] = whose;
        }

        return written;
    }

    private static JsonObject Instance(DateLine date, Func<string, string> absolute, DateTimeOffset now)
    {
        var url = absolute(CatalogueUrls.Date(date.Id));
        var left = date.IsClosedAt(now) ? 0 : date.LeftAt(now);
        var instance = new JsonObject
        {
            ["@type"] = "CourseInstance",
            ["@id"] = url,
            ["url"] = url,
            ["courseMode"] = date.Delivery == DeliveryMode.Online ? "Online" : "Onsite",
            ["startDate"] = Instant(date.StartsAt),
            ["endDate"] = Instant(date.EndsAt),
            ["courseWorkload"] = System.Xml.XmlConvert.ToString(date.EachMeeting.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.EndsAt - one.StartsAt))),
            ["maximumAttendeeCapacity"] = date.Capacity,
            ["remainingAttendeeCapacity"] = left,
            ["location"] = Location(date, url),
        };
        var offers = EachOffer(date).Select(CourseOffer).ToList();
        foreach (var offer in offers)
        {
            offer["url"] = url;
            offer["availability"] = left == 0 ? "https://schema.org/SoldOut" : "https://schema.org/InStock";
            offer["availabilityEnds"] = Instant(date.ClosesAt);
        }

        if (offers.Count > 0)
        {
            instance["offers"] = offers.Count == 1 ? offers[0] : new JsonArray([.. offers]);
        }

        return instance;
    }

    private static JsonObject Location(DateLine date, string url) => date.Delivery switch
    {
        DeliveryMode.Online => new JsonObject { ["@type"] = "VirtualLocation", ["url"] = url },
        DeliveryMode.InPerson => new JsonObject
        {
            ["@type"] = "Place",
            ["name"] = date.Venue ?? "To be confirmed",
            ["address"] = date.Address is null or "" ? date.Area ?? "To be confirmed" : date.Address,
        },
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
