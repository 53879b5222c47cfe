using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>What can be done about a record, in one bar: <c>th-action</c> elements, or forms with one button each.</summary>
[HtmlTargetElement("th-actions")]
public sealed class ActionsTagHelper : TagHelper
{
    [HtmlAttributeName("label")]
    public string Label { get; set; } = "Actions";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "app-actions");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("aria-label", Label);
    }
}

public enum ActionKind
{
    /// <summary>Its page, or what can be undone.</summary>
    Quiet,

    /// <summary>What is done most: one in a bar.</summary>
    Main,

    /// <summary>What takes something away.</summary>
    Warning,
}

/// <summary>A link that looks like a button, for those who may follow it: <c>&lt;th-action href="~/…" kind="Main"&gt;Open register&lt;/th-action&gt;</c>.</summary>
[HtmlTargetElement("th-action")]
public sealed class ActionTagHelper : TagHelper
{
    /// <summary>Address; <c>~/</c> is the site's root.</summary>
    [HtmlAttributeName("href")]
    public string Href { get; set; } = "";

    [HtmlAttributeName("kind")]
    public ActionKind Kind { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!StaffRoutes.Opens(ViewContext, Href.TrimStart('~')))
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Kind switch
        {
            ActionKind.Quiet => "govuk-button govuk-button--secondary",
            ActionKind.Main => "govuk-button",
            ActionKind.Warning => "govuk-button govuk-button--warning",
        });
        output.Attributes.SetAttribute("href", Html.Address(Href, ViewContext));
        output.Attributes.SetAttribute("role", "button");
        output.Attributes.SetAttribute("draggable", "false");
        output.Attributes.SetAttribute("data-module", "govuk-button");
    }
}
