using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// A form without an action posts to the page's own handler. A browser would post it to the address on show, and after "Preview" or "Back"
/// that still names their handler: the main button would preview for ever. On a page of staff it is shown to those who may send it.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostBackTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    /// <summary>After the framework's own, which writes the action of a named handler.</summary>
    public override int Order => 1;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        if (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ForStaffAttribute>() is { } page
            && !output.Attributes.ContainsName("action") && !StaffRightHandler.Allows(request.HttpContext.User, page, HttpMethods.Post))
        {
            output.SuppressOutput();
            return;
        }

        if (request.Query.ContainsKey("handler") && !output.Attributes.ContainsName("action"))
        {
            var query = new QueryBuilder(request.Query.Where(pair => pair.Key != "handler"));
            output.Attributes.SetAttribute("action", request.PathBase + request.Path + query.ToQueryString());
        }
    }
}
