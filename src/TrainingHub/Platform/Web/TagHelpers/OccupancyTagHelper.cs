using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// How full a date is: a bar with an outline, filled part against empty part, and the same in words, so that neither colour
/// nor sight is needed. The percentage is rounded down; a full date says so.
/// </summary>
[HtmlTargetElement("th-occupancy", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class OccupancyTagHelper : TagHelper
{
    [HtmlAttributeName("taken")]
    public int Taken { get; set; }

    [HtmlAttributeName("capacity")]
    public int Capacity { get; set; }

    /// <summary>The bar alone: the figure stands beside it.</summary>
    [HtmlAttributeName("silent")]
    public bool IsSilent { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var percent = Capacity == 0 ? 0 : Taken * 100 / Capacity;
        var width = Math.Min(percent, 100).ToString(CultureInfo.InvariantCulture);
        // Sizes as attributes: the site's policy allows no style in the page.
        var bar = Html.El(
            "svg", Html.El("rect", null, ("class", "app-occupancy__taken"), ("width", width), ("height", "10")),
            ("class", "app-occupancy__bar"), ("viewBox", "0 0 100 10"), ("preserveAspectRatio", "none"),
            ("aria-hidden", "true"), ("focusable", "false"));
        var words = string.Create(CultureInfo.InvariantCulture, $"{Taken} of {Capacity}, {(Taken >= Capacity ? "full" : $"{percent}%")}");
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "app-occupancy");
        output.Content.SetHtmlContent(Html.All(bar, IsSilent ? null : Html.El("span", words, ("class", "app-occupancy__words"))));
    }
}
