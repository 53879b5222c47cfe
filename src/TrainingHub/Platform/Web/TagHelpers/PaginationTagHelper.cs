using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// Previous, numbers, next. Links keep every other part of the query and replace <c>page</c>; <c>url</c> makes them
/// otherwise. Shown are the first, the last and the neighbours of the current page. Nothing for a single page.
/// </summary>
[HtmlTargetElement("th-pagination", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PaginationTagHelper : TagHelper
{
    [HtmlAttributeName("page")]
    public int Page { get; set; } = 1;

    [HtmlAttributeName("pages")]
    public int Pages { get; set; }

    [HtmlAttributeName("url")]
    public Func<int, string>? Url { get; set; }

    [HtmlAttributeName("landmark")]
    public string Landmark { get; set; } = "Pagination";

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Pages < 2)
        {
            output.SuppressOutput();
            return;
        }
        var list = Html.El("ul", null, ("class", "govuk-pagination__list"));
        var before = 0;
        for (var number = 1; number <= Pages; number++)
        {
            if (number != 1 && number != Pages && Math.Abs(number - Page) > 1)
            {
                continue;
            }

            if (number > before + 1)
            {
                list.Add(Html.El("li", "⋯", ("class", "govuk-pagination__item govuk-pagination__item--ellipsis")));
            }

            list.Add(Item(number));
            before = number;
        }
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Html.Classes("govuk-pagination", Html.WrittenClass(output)));
        output.Attributes.SetAttribute("aria-label", Landmark);
        output.Content.SetHtmlContent(Html.All(
            Page > 1 ? Arrow("prev", "Previous", Page - 1) : null, list, Page < Pages ? Arrow("next", "Next", Page + 1) : null));
    }

    private HtmlElement Item(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var link = Html.El(
            "a", text,
            ("class", "govuk-link govuk-pagination__link"), ("href", Address(number)), ("aria-label", "Page " + text),
            ("aria-current", number == Page ? "page" : null));
        return Html.El("li", link, ("class", Html.Classes(
            "govuk-pagination__item", number == Page ? "govuk-pagination__item--current" : null)));
    }

    private HtmlElement Arrow(string kind, string text, int number)
    {
        var path = kind == "prev"
            ? "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"
            : "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z";
        var icon = Html.El(
            "svg", Html.El("path", null, ("d", path)),
            ("class", "govuk-pagination__icon govuk-pagination__icon--" + kind), ("xmlns", "http://www.w3.org/2000/svg"),
            ("height", "13"), ("width", "15"), ("aria-hidden", "true"), ("focusable", "false"), ("viewBox", "0 0 15 13"));
        var title = Html.El(
            "span",
            Html.All(new StringHtmlContent(text), Html.El("span", " page", ("class", "govuk-visually-hidden"))),
            ("class", "govuk-pagination__link-title"));
        var link = Html.El(
            "a", kind == "prev" ? Html.All(icon, title) : Html.All(title, icon),
            ("class", "govuk-link govuk-pagination__link"), ("href", Address(number)), ("rel", kind));
        return Html.El("div", link, ("class", "govuk-pagination__" + kind));
    }

    private string Address(int number)
    {
        if (Url is not null)
        {
            return Url(number);
        }

        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key is not ("page" or TickedTagHelper.Parameter)));
        query.Add("page", number.ToString(CultureInfo.InvariantCulture));
        return request.PathBase + request.Path + query.ToQueryString();
    }
}
