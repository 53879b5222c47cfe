using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Figures side by side: <c>th-figure</c> elements inside.</summary>
[HtmlTargetElement("th-figures")]
public sealed class FiguresTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ul";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "app-figures");
    }
}

/// <summary>One figure, the words after it and, if there is more to show, such as a bar, what stands inside.</summary>
[HtmlTargetElement("th-figure", ParentTag = "th-figures")]
public sealed class FigureTagHelper : TagHelper
{
    /// <summary>As it is read: "18 of 24", "£825", "Sent".</summary>
    [HtmlAttributeName("number")]
    public string Number { get; set; } = "";

    [HtmlAttributeName("words")]
    public string Words { get; set; } = "";

    /// <summary>The rows that it counts; <c>~/</c> is the site's root.</summary>
    [HtmlAttributeName("href")]
    public string? Href { get; set; }

    /// <summary>Somebody has to look at it. The words say why.</summary>
    [HtmlAttributeName("trouble")]
    public bool IsTrouble { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        var figure = Html.All(Html.El("span", Number, ("class", "app-figure__number")), new StringHtmlContent(" " + Words));
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", IsTrouble ? "app-figure app-figure--trouble" : "app-figure");
        output.Content.SetHtmlContent(Html.All(
            Href is null ? figure : Html.El(
                "a", figure, ("class", "govuk-link govuk-link--no-visited-state"), ("href", Html.Address(Href, ViewContext))),
            inside));
    }
}
