using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>The links under a list that give it as a file, see <see cref="ListFile"/>.</summary>
[HtmlTargetElement("th-list-files", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ListFilesTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "govuk-body app-no-print");
        output.Content.SetHtmlContent(Html.All(
            new StringHtmlContent("Download this list: "), Link("xlsx", "Excel"), new StringHtmlContent(" or "), Link("csv", "CSV")));
    }

    private HtmlElement Link(string kind, string words)
    {
        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key is not ("page" or TickedTagHelper.Parameter or ListFile.Parameter)));
        query.Add(ListFile.Parameter, kind);
        return Html.El("a", words, ("class", "govuk-link"), ("href", request.PathBase + request.Path + query.ToQueryString()), ("download", ""));
    }
}
