using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Catalogue.Pages;

/// <summary>
/// Dates as items of a list: the whole line is easy to hit on a phone, and says the day, time, place and places left. Written here
/// and not in a partial view, because the list of courses has one for every course and a partial costs more than what it says.
/// </summary>
/// <param name="dates">In their order.</param>
/// <param name="request">For the site's root.</param>
/// <param name="now">Places are those of this moment.</param>
/// <param name="near">Each says how far it is from there.</param>
/// <param name="isOfAllCourses">Each says its course and what it costs.</param>
internal sealed class DateList(IEnumerable<DateLine> dates, HttpRequest request, DateTimeOffset now, NearPlace? near = null, bool isOfAllCourses = false) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var root = request.PathBase.ToUriComponent();
        foreach (var date in dates)
        {
            Write(writer, encoder, date, root);
        }
    }

    private string Where(DateLine date) => near?.Distance(date) is { } distance ? $"{date.Where} ({distance})" : date.Where;

    private void Write(TextWriter writer, HtmlEncoder encoder, DateLine date, string root)
    {
        writer.Write("<li class=\"app-row app-date\">");
        new DayTile(date.RunsOn).WriteTo(writer, encoder);
        writer.Write("<div class=\"app-row__what\"><a class=\"govuk-link app-row__link\" href=\"");
        encoder.Encode(writer, root + CatalogueUrls.Date(date.Id));
        writer.Write("\"><span class=\"govuk-visually-hidden\">");
        encoder.Encode(writer, date.DayWords);
        writer.Write(", </span>");
        encoder.Encode(writer, isOfAllCourses ? date.Course : date.TimeWords);
        writer.Write("</a>\n");
        if (date.SlotWord is { } slot)
        {
            writer.Write("<strong class=\"");
            writer.Write(ChipTagHelper.ClassOf(date.Slot == RunSlot.Twilight ? ChipKind.Twilight : ChipKind.Weekend));
            writer.Write("\">");
            encoder.Encode(writer, slot);
            writer.Write("</strong>\n");
        }

        writer.Write("<span class=\"app-row__facts\">");
        encoder.Encode(writer, isOfAllCourses ? $"{date.TimeWords} · {Where(date)} · {date.Price?.Amounts}" : Where(date));
        writer.Write("</span></div>\n<strong class=\"app-row__end");
        writer.Write(date.IsFullAt(now) || date.IsClosedAt(now) ? " app-date__places--full\">" : "\">");
        encoder.Encode(writer, date.PlacesWords(now));
        writer.Write("</strong></li>\n");
    }
}
