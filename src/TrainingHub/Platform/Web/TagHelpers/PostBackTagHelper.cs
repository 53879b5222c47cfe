using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

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
        if (!MaySend(request, output.Attributes.TryGetAttribute("action", out var action) ? StaffLinkTagHelper.Written(action.Value) : null))
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

    // Only what the page sends to itself; where else a form leads is looked at by the helper of links.
    private static bool MaySend(HttpRequest request, string? action)
    {
        var endpoint = request.HttpContext.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ForStaffAttribute>() is not { } page || (action is not null && action.Split('?')[0] != (request.PathBase + request.Path).Value))
        {
            return true;
        }

        var handler = action is null ? null : QueryHelpers.ParseQuery(action.Contains('?') ? WebUtility.HtmlDecode(action[action.IndexOf('?')..]) : "").GetValueOrDefault("handler").ToString();
        var needs = NeedsAttribute.Of(endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.HandlerMethods
            .FirstOrDefault(method => method.HttpMethod == "Post" && string.Equals(method.Name ?? "", handler ?? "", StringComparison.OrdinalIgnoreCase)));
        return StaffRightHandler.Allows(request.HttpContext.User, page, HttpMethods.Post) && (needs is null || request.HttpContext.User.May(needs.Right));
    }
}
