using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>The path to the page: <c>th-crumb</c> elements inside, the last without a link.</summary>
[HtmlTargetElement("th-breadcrumbs")]
public sealed class BreadcrumbsTagHelper : TagHelper
{
    [HtmlAttributeName("collapse-on-mobile")]
    public bool CollapseOnMobile { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var crumbs = await output.GetChildContentAsync();
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute(
            "class", Html.Classes("govuk-breadcrumbs", Html.WrittenClass(output), CollapseOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : null));
        if (!output.Attributes.ContainsName("aria-label"))
        {
            output.Attributes.SetAttribute("aria-label", "Breadcrumb");
        }

        output.Content.SetHtmlContent(Html.El("ol", crumbs, ("class", "govuk-breadcrumbs__list")));
    }
}

[HtmlTargetElement("th-crumb", ParentTag = "th-breadcrumbs")]
public sealed class CrumbTagHelper : TagHelper
{
    /// <summary>Address; <c>~/</c> is the site's root.</summary>
    [HtmlAttributeName("href")]
    public string? Href { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Href is null)
        {
            output.Attributes.SetAttribute("aria-current", "page");
        }
        else if (StaffRoutes.Opens(ViewContext, Href.TrimStart('~')))
        {
            output.Content.SetHtmlContent(
                Html.El("a", text, ("class", "govuk-breadcrumbs__link"), ("href", Html.Address(Href, ViewContext))));
        }
        else
        {
            output.Content.SetHtmlContent(text);
        }

        output.Attributes.SetAttribute("class", "govuk-breadcrumbs__list-item");
    }
}
