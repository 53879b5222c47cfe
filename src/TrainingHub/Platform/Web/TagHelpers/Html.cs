using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Builds elements whose text and attributes are always encoded.</summary>
internal static class Html
{
    /// <summary>Text is encoded, <see cref="IHtmlContent"/> is written as it is; an attribute with a null value is left out.</summary>
    public static TagBuilder El(string name, object? content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var element = new TagBuilder(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
                element.MergeAttribute(attribute, value, replaceExisting: true);
        }
        if (content is IHtmlContent html)
            element.InnerHtml.AppendHtml(html);
        else if (content is not null)
            element.InnerHtml.Append(content.ToString() ?? "");
        return element;
    }

    public static TagBuilder Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var element = El(name, null, attributes);
        element.TagRenderMode = TagRenderMode.StartTag;
        return element;
    }

    public static HtmlContentBuilder All(params ReadOnlySpan<IHtmlContent?> parts)
    {
        var all = new HtmlContentBuilder();
        foreach (var part in parts)
        {
            if (part is not null)
                all.AppendHtml(part);
        }
        return all;
    }

    /// <summary>The class that a page wrote on the tag, if it did.</summary>
    public static string? WrittenClass(TagHelperOutput output) =>
        output.Attributes.TryGetAttribute("class", out var attribute) ? attribute.Value?.ToString() : null;

    public static string Classes(params ReadOnlySpan<string?> classes)
    {
        var kept = new List<string>();
        foreach (var name in classes)
        {
            if (!string.IsNullOrWhiteSpace(name))
                kept.Add(name.Trim());
        }
        return string.Join(' ', kept);
    }
}
