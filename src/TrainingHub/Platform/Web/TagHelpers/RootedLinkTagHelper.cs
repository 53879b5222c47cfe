using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// Makes <c>href="~@Urls.Course(slug)"</c> relative to the site's root. The framework does so only for an address that
/// begins with <c>~/</c> in the page's source; a tilde before an expression it leaves in the link.
/// </summary>
[HtmlTargetElement("a", Attributes = "[href^='~@']")]
[HtmlTargetElement("link", Attributes = "[href^='~@']", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("img", Attributes = "[src^='~@']", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("form", Attributes = "[action^='~@']")]
public sealed class RootedLinkTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = output.TagName switch { "form" => "action", "img" => "src", _ => "href" };
        if (!output.Attributes.TryGetAttribute(name, out var attribute))
        {
            return;
        }

        var address = StaffLinkTagHelper.Written(attribute.Value);
        if (address.StartsWith("~/", StringComparison.Ordinal))
        {
            output.Attributes.SetAttribute(name, new HtmlString(ViewContext.HttpContext.Request.PathBase.ToUriComponent() + address[1..]));
        }
    }
}
