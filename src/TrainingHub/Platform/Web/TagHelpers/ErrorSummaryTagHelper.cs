using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// Everything that is wrong with the form, each line a link to its field, in the order in which the page model declares
/// its properties (ModelState itself is in alphabetical order). Nothing when all is well.
/// </summary>
[HtmlTargetElement("th-error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    internal const string Unknown = "Check this answer";

    [HtmlAttributeName("title")]
    public string Title { get; set; } = "There is a problem";

    /// <summary>Fields in the order of the page, where they are no properties of its model.</summary>
    [HtmlAttributeName("fields")]
    public IReadOnlyList<string>? Fields { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = ViewContext.ViewData.ModelState;
        if (state.ErrorCount == 0)
        {
            output.SuppressOutput();
            return;
        }
        var list = Html.El("ul", null, ("class", "govuk-list govuk-error-summary__list"));
        foreach (var (key, entry) in FieldOrder.Sorted(state, ViewContext.ViewData.ModelMetadata, Fields))
        {
            foreach (var error in entry.Errors)
            {
                list.Add(Html.El("li", Line(state, key, error)));
            }
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Html.Classes("govuk-error-summary", Html.WrittenClass(output)));
        output.Attributes.SetAttribute("data-module", "govuk-error-summary");
        output.Content.SetHtmlContent(Html.El(
            "div",
            Html.All(
                Html.El("h2", Title, ("class", "govuk-error-summary__title")),
                Html.El("div", list, ("class", "govuk-error-summary__body"))),
            ("role", "alert")));
    }

    private static IHtmlContent Line(ModelStateDictionary state, string key, ModelError error)
    {
        var message = error.ErrorMessage.Length > 0 ? error.ErrorMessage : Unknown;
        if (key.Length == 0)
        {
            return new StringHtmlContent(message);
        }

        // Three boxes share the error of a date; the link leads to the first of them.
        var id = TagBuilder.CreateSanitizedId(key, "_") + (state.ContainsKey(key + ".Day") ? "-day" : "");
        return Html.El("a", message, ("href", "#" + id));
    }
}
