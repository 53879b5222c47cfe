using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Where a journey of several pages stands: what is done, which step this is and of how many, what comes.</summary>
[HtmlTargetElement("th-steps", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StepsTagHelper : TagHelper
{
    [HtmlAttributeName("names")]
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>The name of this step.</summary>
    [HtmlAttributeName("now")]
    public string Now { get; set; } = "";

    [HtmlAttributeName("label")]
    public string Label { get; set; } = "Steps";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var steps = new HtmlContentBuilder();
        var isDone = true;
        for (var i = 0; i < Names.Count; i++)
        {
            var isNow = Names[i] == Now;
            isDone &= !isNow;
            steps.AppendHtml(isNow ? Present(i) : isDone ? Done(Names[i]) : Html.El("li", Html.El("span", Names[i]), ("class", "app-steps__step")));
        }
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "app-steps");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Content.SetHtmlContent(steps);
    }

    private HtmlElement Present(int step) => Html.El(
        "li",
        Html.El("span", string.Create(CultureInfo.InvariantCulture, $"Step {step + 1} of {Names.Count}: {Names[step]}")),
        ("class", "app-steps__step app-steps__step--now"), ("aria-current", "step"));

    private static HtmlElement Done(string name) => Html.El(
        "li",
        Html.El("span", Html.All(
            Html.El("span", "✓ ", ("aria-hidden", "true")), new StringHtmlContent(name), Html.El("span", ", done", ("class", "govuk-visually-hidden")))),
        ("class", "app-steps__step app-steps__step--done"));
}
