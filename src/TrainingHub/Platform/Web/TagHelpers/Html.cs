using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Builds elements whose text and attributes are always encoded.</summary>
internal static class Html
{
    /// <summary>Text is encoded, <see cref="IHtmlContent"/> is written as it is; an attribute with a null value is left out.</summary>
    public static HtmlElement El(string name, object? content, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        With(new HtmlElement(name, isVoid: false).Add(content), attributes);

    public static HtmlElement Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        With(new HtmlElement(name, isVoid: true), attributes);

    private static HtmlElement With(HtmlElement element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                element[name] = value;
            }
        }
        return element;
    }

    public static HtmlContentBuilder All(params ReadOnlySpan<IHtmlContent?> parts)
    {
        var all = new HtmlContentBuilder();
        foreach (var part in parts)
        {
            if (part is not null)
            {
                all.AppendHtml(part);
            }
        }
        return all;
    }

    /// <summary>The class that a page wrote on the tag, if it did.</summary>
    public static string? WrittenClass(TagHelperOutput output) =>
        output.Attributes.TryGetAttribute("class", out var attribute) ? attribute.Value?.ToString() : null;

    /// <summary>An address as it stands in a link; <c>~/</c> is the site's root.</summary>
    public static string Address(string href, ViewContext view) =>
        href.StartsWith("~/", StringComparison.Ordinal) ? view.HttpContext.Request.PathBase.Value + href[1..] : href;

    public static string Classes(params ReadOnlySpan<string?> classes)
    {
        var kept = new List<string>();
        foreach (var name in classes)
        {
            if (!string.IsNullOrWhiteSpace(name))
            {
                kept.Add(name.Trim());
            }
        }
        return string.Join(' ', kept);
    }
}
