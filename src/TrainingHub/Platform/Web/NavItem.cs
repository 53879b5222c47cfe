using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Platform.Web;

/// <summary>
/// One item of a menu; it knows from the address whether it is the current page or part of it. No tag helper, because every
/// request would pay for each of them.
/// </summary>
internal sealed class NavItem(HttpRequest request, string path, string text) : IHtmlContent
{
    /// <summary>Only this very page is current, not those below it.</summary>
    public bool IsExact { get; init; }

    /// <summary>To which item the page says that it belongs, where its address says another; null leaves it to the address.</summary>
    public string? Section { get; init; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) =>
        Item(request, path, text, Section is null ? CurrentOf(request, path, IsExact) : Section == path ? "true" : null).WriteTo(writer, encoder);

    /// <summary>"page" for the page of that address, "true" for one below it, null for any other.</summary>
    public static string? CurrentOf(HttpRequest request, string path, bool isExact)
    {
        var asked = request.Path.Value ?? "/";
        if (string.Equals(asked, path, StringComparison.OrdinalIgnoreCase))
        {
            return "page";
        }

        return !isExact && asked.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase) ? "true" : null;
    }

    /// <param name="request">For the site's root.</param>
    /// <param name="path">Where it leads.</param>
    /// <param name="inside">Text, or what is written as it is.</param>
    /// <param name="current">As <see cref="CurrentOf"/> says it.</param>
    public static IHtmlContent Item(HttpRequest request, string path, object inside, string? current) => Html.El(
        "li", Html.El("a", inside, ("class", "app-menu__link"), ("href", request.PathBase.Value + path), ("aria-current", current)));
}
