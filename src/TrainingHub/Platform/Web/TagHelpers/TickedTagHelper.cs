using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// What can be done with the ticked rows of a list, above the list: a <c>th-ticked-act</c> for each. The rows have a <c>th-tick</c>
/// each. "Tick all" is the list anew with <c>tick=all</c>, so that it works without a script; it holds for the page that is shown.
/// </summary>
[HtmlTargetElement("th-ticked")]
public sealed class TickedTagHelper : TagHelper
{
    public const string FormId = "ticked";

    /// <summary>In the address: all boxes of the page are ticked.</summary>
    public const string Parameter = "tick";

    /// <summary>What is ticked, in the plural: "invoices".</summary>
    [HtmlAttributeName("rows")]
    public string Rows { get; set; } = "rows";

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public static bool IsAll(HttpRequest request) => request.Query[Parameter] == "all";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key != Parameter));
        var isAll = IsAll(request);
        if (!isAll)
        {
            query.Add(Parameter, "all");
        }

        output.TagName = "form";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("method", "get");
        output.Attributes.SetAttribute("id", FormId);
        output.Attributes.SetAttribute("class", "app-actions");
        output.Attributes.SetAttribute("aria-label", $"With the ticked {Rows}");
        output.PostContent.SetHtmlContent(Html.El(
            "a", isAll ? "Untick all" : $"Tick all {Rows} on this page",
            ("class", "govuk-link"), ("href", request.PathBase + request.Path + query.ToQueryString())));
    }
}

/// <summary>The button that leads the ticked rows to the page on which something is done with them, after a look at what.</summary>
[HtmlTargetElement("th-ticked-act", ParentTag = "th-ticked")]
public sealed class TickedActTagHelper : TagHelper
{
    /// <summary>Address; <c>~/</c> is the site's root.</summary>
    [HtmlAttributeName("href")]
    public string Href { get; set; } = "";

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "govuk-button govuk-button--secondary");
        output.Attributes.SetAttribute("data-module", "govuk-button");
        output.Attributes.SetAttribute("formaction", Html.Address(Href, ViewContext));
    }
}

/// <summary>The box that ticks one row of a list for <c>th-ticked</c>; its label is for those who hear it, unless it has words in it.</summary>
[HtmlTargetElement("th-tick")]
public sealed class TickTagHelper : TagHelper
{
    /// <summary>Each ticked row in the address.</summary>
    public const string Parameter = "id";

    [HtmlAttributeName("value")]
    public Guid Value { get; set; }

    /// <summary>What the row is called.</summary>
    [HtmlAttributeName("label")]
    public string Label { get; set; } = "";

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await output.GetChildContentAsync();
        var isBare = words.IsEmptyOrWhiteSpace;
        var id = $"tick-{Value}";
        IHtmlContent label = isBare
            ? Html.El("span", $"Tick {Label}", ("class", "govuk-visually-hidden"))
            : Html.All(words, Html.El("span", $" {Label}", ("class", "govuk-visually-hidden")));
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Html.Classes("govuk-checkboxes govuk-checkboxes--small", isBare ? "app-tick" : "app-publish", Html.WrittenClass(output)));
        output.Content.SetHtmlContent(Html.El(
            "div",
            Html.All(
                Html.Void(
                    "input", ("class", "govuk-checkboxes__input"), ("type", "checkbox"), ("form", TickedTagHelper.FormId), ("name", Parameter),
                    ("value", Value.ToString()), ("id", id), ("checked", TickedTagHelper.IsAll(ViewContext.HttpContext.Request) ? "" : null)),
                Html.El("label", label, ("class", "govuk-label govuk-checkboxes__label"), ("for", id))),
            ("class", "govuk-checkboxes__item")));
    }
}
