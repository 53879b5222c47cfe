using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>One item of the service navigation; it knows from the address whether it is the current page or part of it.</summary>
[HtmlTargetElement("th-nav-item")]
public sealed class NavItemTagHelper : TagHelper
{
    /// <summary>Address; <c>~/</c> stands for the site's root.</summary>
    [HtmlAttributeName("href")]
    public string Href { get; set; } = "~/";

    [HtmlAttributeName("text")]
    public string Text { get; set; } = "";

    /// <summary>Only this very page is current, not those below it.</summary>
    [HtmlAttributeName("exact")]
    public bool Exact { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var current = Current();
        object inside = current is null ? Text : Html.El("strong", Text, ("class", "govuk-service-navigation__active-fallback"));
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Html.Classes(
            "govuk-service-navigation__item", current is null ? null : "govuk-service-navigation__item--active"));
        output.Content.SetHtmlContent(Html.El(
            "a", inside,
            ("class", "govuk-service-navigation__link"), ("href", Address(ViewContext, Href)), ("aria-current", current)));
    }

    internal static string Address(ViewContext view, string href) =>
        href.StartsWith("~/", StringComparison.Ordinal) ? view.HttpContext.Request.PathBase.Value + href[1..] : href;

    private string? Current()
    {
        var path = ViewContext.HttpContext.Request.Path.Value ?? "/";
        var own = Href.TrimStart('~');
        if (string.Equals(path, own, StringComparison.OrdinalIgnoreCase))
            return "page";
        return !Exact && path.StartsWith(own + "/", StringComparison.OrdinalIgnoreCase) ? "true" : null;
    }
}
