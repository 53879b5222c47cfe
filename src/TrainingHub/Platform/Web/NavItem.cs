using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Platform.Web;

/// <summary>
/// One item of the service navigation; it knows from the address whether it is the current page or part of it. No tag helper,
/// because every request would pay for each of them.
/// </summary>
internal sealed class NavItem(HttpRequest request, string path, string text) : IHtmlContent
{
    /// <summary>Only this very page is current, not those below it.</summary>
    public bool IsExact { get; init; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var current = Current();
        object inside = current is null ? text : Html.El("strong", text, ("class", "govuk-service-navigation__active-fallback"));
        Html.El(
            "li",
            Html.El("a", inside, ("class", "govuk-service-navigation__link"), ("href", request.PathBase.Value + path), ("aria-current", current)),
            ("class", current is null ? "govuk-service-navigation__item" : "govuk-service-navigation__item govuk-service-navigation__item--active"))
            .WriteTo(writer, encoder);
    }

    private string? Current()
    {
        var asked = request.Path.Value ?? "/";
        if (string.Equals(asked, path, StringComparison.OrdinalIgnoreCase))
        {
            return "page";
        }

        return !IsExact && asked.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase) ? "true" : null;
    }
}
