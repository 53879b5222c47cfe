using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace TrainingHub.Platform.Web;

/// <summary>
/// A day as a tile: weekday, number, month and year, weekends in another colour. It is for the eye only: whoever writes it says the
/// day in words beside it (<c>th-day</c> does). Written here and not by a tag helper, because a list of courses has fifty.
/// </summary>
internal sealed class DayTile(DateOnly day) : IHtmlContent
{
    /// <summary>It does not take place: dashed and struck through.</summary>
    public bool IsOff { get; init; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        writer.Write("<span class=\"app-day");
        writer.Write(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? " app-day--weekend" : "");
        writer.Write(IsOff ? " app-day--off" : "");
        writer.Write("\" aria-hidden=\"true\"><span class=\"app-day__name\">");
        writer.Write(names.GetAbbreviatedDayName(day.DayOfWeek));
        writer.Write("</span><span class=\"app-day__number\">");
        writer.Write(day.Day);
        writer.Write("</span><span class=\"app-day__month\">");
        writer.Write(names.GetAbbreviatedMonthName(day.Month));
        writer.Write(' ');
        writer.Write(day.Year);
        writer.Write("</span></span>");
    }
}
