using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>The date tile, and the day in words for whoever does not see it: <c>&lt;th-day on="date.RunsOn" /&gt;</c>.</summary>
[HtmlTargetElement("th-day", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DayTagHelper : TagHelper
{
    [HtmlAttributeName("on")]
    public DateOnly On { get; set; }

    /// <summary>It does not take place.</summary>
    [HtmlAttributeName("off")]
    public bool IsOff { get; set; }

    /// <summary>The day is said in words beside it.</summary>
    [HtmlAttributeName("silent")]
    public bool IsSilent { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Html.All(
            new DayTile(On) { IsOff = IsOff },
            IsSilent ? null : Html.El("span", London.LongWords(On), ("class", "govuk-visually-hidden"))));
    }
}
