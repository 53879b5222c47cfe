using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>The dates added last, newest first, as an Atom feed (RFC 4287). When a date was added is read from its version 7 id.</summary>
internal static class AtomFeed
{
    private const int MostEntries = 50;

    /// <param name="db">The database.</param>
    /// <param name="site">What the feed is called.</param>
    /// <param name="now">From when on dates are coming.</param>
    /// <param name="absolute">Makes an absolute address of a path.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<string> WriteAsync(TrainingHubDb db, string site, DateTimeOffset now, Func<string, string> absolute, CancellationToken ct)
    {
        var rows = await DateLines.Of(db, DateLines.Public(db, now))
            .Join(db.Courses, line => line.CourseId, course => course.Id, (line, course) => new { Line = line, course.Summary })
            .OrderByDescending(row => row.Line.Id)
            .Take(MostEntries)
            .ToListAsync(ct);
        using var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("feed", "http://www.w3.org/2005/Atom");
            xml.WriteElementString("title", $"{site}: new dates");
            xml.WriteElementString("id", absolute(CatalogueUrls.NewsFeed));
            Link(xml, "self", absolute(CatalogueUrls.NewsFeed));
            Link(xml, "alternate", absolute(CatalogueUrls.Courses));
            xml.WriteElementString("updated", Instant(rows.Count == 0 ? now : AddedAt(rows[0].Line.Id)));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", site);
            xml.WriteEndElement();
            foreach (var row in rows)
            {
                var url = absolute(CatalogueUrls.Date(row.Line.Id));
                xml.WriteStartElement("entry");
                xml.WriteElementString("title", $"{row.Line.Course}, {London.LongWords(row.Line.RunsOn)}");
                xml.WriteElementString("id", $"urn:uuid:{row.Line.Id}");
                Link(xml, "alternate", url);
                xml.WriteElementString("updated", Instant(AddedAt(row.Line.Id)));
                xml.WriteElementString("summary", $"{row.Line.TimeInFull}. {row.Line.WhereInFull}. {row.Line.PlacesWords(now)}. {row.Summary}");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text.ToString();
    }

    /// <summary>The first 48 bits of a version 7 id are milliseconds since 1970 (RFC 9562, 5.7).</summary>
    internal static DateTimeOffset AddedAt(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        var milliseconds = 0L;
        for (var index = 0; index < 6; index++)
        {
            milliseconds = (milliseconds << 8) | bytes[index];
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
