using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace TrainingHub.Catalogue.Pages;

/// <summary>
/// Dates as items of a list: the whole line is easy to hit on a phone, and says the day, time, place and places left. Written here
/// and not in a partial view, because the list of courses has one for every course and a partial costs more than what it says.
/// </summary>
internal sealed class DateList(IEnumerable<DateLine> dates, HttpRequest request) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var root = request.PathBase.ToUriComponent();
        foreach (var date in dates)
        {
            Write(writer, encoder, date, root);
        }
    }

    private static void Write(TextWriter writer, HtmlEncoder encoder, DateLine date, string root)
    {
        writer.Write("<li class=\"app-date\"><a class=\"govuk-link app-date__when\" href=\"");
        encoder.Encode(writer, root + CatalogueUrls.Date(date.Id));
        writer.Write("\">");
        encoder.Encode(writer, date.DayWords);
        writer.Write("<span class=\"govuk-visually-hidden\">, </span> <span class=\"app-date__time\">");
        encoder.Encode(writer, date.TimeWords);
        writer.Write("</span></a>\n");
        if (date.SlotWord is { } slot)
        {
            writer.Write("<strong class=\"govuk-tag\">");
            encoder.Encode(writer, slot);
            writer.Write("</strong>\n");
        }

        writer.Write("<span class=\"app-date__where\">");
        encoder.Encode(writer, date.Where);
        writer.Write(date.IsFull ? "</span>\n<span class=\"app-date__places app-date__places--full\">" : "</span>\n<span class=\"app-date__places\">");
        encoder.Encode(writer, date.PlacesWords);
        writer.Write("</span></li>\n");
    }
}
