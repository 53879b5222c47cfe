using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// The heading of a column by which a list can be sorted: a link to the list in that order, and in the opposite one when it is in
/// that order already. The order is in the address as <c>sort=name</c> or <c>sort=-name</c>; filters stay, the page begins anew.
/// </summary>
[HtmlTargetElement("th", Attributes = "sort-by")]
public sealed class SortTagHelper : TagHelper
{
    public const string Parameter = "sort";

    [HtmlAttributeName("sort-by")]
    public string By { get; set; } = "";

    /// <summary>The list is in this order when the address names none: "asc" or "desc".</summary>
    [HtmlAttributeName("sort-first")]
    public string? First { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var asked = request.Query[Parameter].ToString();
        var isUp = asked == By || (asked.Length == 0 && First == "asc");
        var isDown = asked == $"-{By}" || (asked.Length == 0 && First == "desc");
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key is not (Parameter or TickedTagHelper.Parameter or "page")));
        query.Add(Parameter, isUp ? $"-{By}" : By);
        var words = await output.GetChildContentAsync();
        if (isUp || isDown)
        {
            output.Attributes.SetAttribute("aria-sort", isUp ? "ascending" : "descending");
        }

        output.Content.SetHtmlContent(Html.El(
            "a",
            Html.All(words, Html.El("span", isUp ? " ▲" : isDown ? " ▼" : null, ("aria-hidden", "true"))),
            ("class", "govuk-link govuk-link--no-visited-state app-sort"),
            ("href", request.PathBase + request.Path + query.ToQueryString())));
    }
}
