using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// A link or form that leads to a page of staff, for those whom it would let in. For others a button is not there, and a link in a
/// text is the text.
/// </summary>
[HtmlTargetElement("a", Attributes = "[href^='~/staff']")]
[HtmlTargetElement("a", Attributes = "[href^='~@']")]
[HtmlTargetElement("form", Attributes = "[action^='~/staff']")]
[HtmlTargetElement("form", Attributes = "[action^='~@']")]
public sealed class StaffLinkTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    /// <summary>Before the address gets the site's root.</summary>
    public override int Order => -1;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var isForm = output.TagName == "form";
        if (!output.Attributes.TryGetAttribute(isForm ? "action" : "href", out var attribute))
        {
            return;
        }

        var method = isForm && output.Attributes.TryGetAttribute("method", out var named) ? Written(named.Value).ToUpperInvariant() : HttpMethods.Get;
        if (StaffRoutes.Opens(ViewContext, Written(attribute.Value).TrimStart('~'), method))
        {
            return;
        }

        if (isForm || (output.Attributes.TryGetAttribute("class", out var look) && Written(look.Value).Contains("govuk-button", StringComparison.Ordinal)))
        {
            output.SuppressOutput();
        }
        else
        {
            output.TagName = null;
        }
    }

    /// <summary>What an attribute says in the page, as it will be written.</summary>
    internal static string Written(object? value)
    {
        if (value is not IHtmlContent html)
        {
            return HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        html.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
