using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// What every question has: a label or legend, a hint, an error, and a control that names hint and error. Label and
/// hint come from <c>[Display(Name, Description)]</c>, the error and what was typed from ModelState. Attributes that
/// are not named here (autocomplete, inputmode, class, data-…) go to the control.
/// </summary>
public abstract class FieldTagHelper : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    /// <summary>Field name, for a question that is not a property of the page model.</summary>
    [HtmlAttributeName("name")]
    public string? Name { get; set; }

    [HtmlAttributeName("id")]
    public string? Id { get; set; }

    [HtmlAttributeName("value")]
    public object? Value { get; set; }

    [HtmlAttributeName("label")]
    public string? Label { get; set; }

    /// <summary>s, m, l or xl.</summary>
    [HtmlAttributeName("label-size")]
    public string? LabelSize { get; set; }

    [HtmlAttributeName("label-class")]
    public string? LabelClass { get; set; }

    /// <summary>The label is the page's h1, for a page that asks one thing.</summary>
    [HtmlAttributeName("page-heading")]
    public bool PageHeading { get; set; }

    [HtmlAttributeName("hint")]
    public string? Hint { get; set; }

    [HtmlAttributeName("error-message")]
    public string? ErrorMessage { get; set; }

    [HtmlAttributeName("described-by")]
    public string? DescribedBy { get; set; }

    [HtmlAttributeName("group-class")]
    public string? GroupClass { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    protected string FieldName => Name ??= ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For?.Name ?? "");

    protected string FieldId => Id ??= TagBuilder.CreateSanitizedId(FieldName, "_");

    protected string? LabelText => Label ??= For?.Metadata.DisplayName ?? For?.Metadata.PropertyName;

    protected string? HintText => Hint ??= For?.Metadata.Description;

    protected string? Error => ErrorMessage ??= FirstError();

    protected ModelStateEntry? Entry => ViewContext.ViewData.ModelState is { Count: > 0 } state && state.TryGetValue(FieldName, out var entry) ? entry : null;

    /// <summary>What was typed, as it was typed; else the model's value.</summary>
    protected string? Text() => Entry?.AttemptedValue ?? AsText(Value ?? For?.Model);

    protected string? AsText(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        _ when For?.Metadata.EditFormatString is { } format => string.Format(CultureInfo.CurrentCulture, format, value),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture),
    };

    /// <summary>Ids of hint and error in reading order, or null when there is neither.</summary>
    protected string? DescribedByIds(string? before = null)
    {
        var ids = Html.Classes(
            before, DescribedBy, HintText is null ? null : FieldId + "-hint", Error is null ? null : FieldId + "-error");
        return ids.Length == 0 ? null : ids;
    }

    protected IHtmlContent HintAndError() => Html.All(
        HintText is null ? null : Html.El("div", HintText, ("id", FieldId + "-hint"), ("class", "govuk-hint")),
        Error is null ? null : ErrorParagraph(Error));

    protected IHtmlContent? LabelElement()
    {
        if (string.IsNullOrEmpty(LabelText))
        {
            return null;
        }

        var classes = Html.Classes("govuk-label", LabelSize is null ? null : "govuk-label--" + LabelSize, LabelClass);
        var label = Html.El("label", LabelText, ("class", classes), ("for", FieldId));
        return PageHeading ? Html.El("h1", label, ("class", "govuk-label-wrapper")) : label;
    }

    /// <summary>The fieldset that a group of controls needs; without a legend there is none.</summary>
    protected IHtmlContent InFieldset(IHtmlContent inside, string? role = null)
    {
        if (string.IsNullOrEmpty(LabelText))
        {
            return inside;
        }

        var size = LabelSize is null ? null : "govuk-fieldset__legend--" + LabelSize;
        object text = PageHeading ? Html.El("h1", LabelText, ("class", "govuk-fieldset__heading")) : LabelText;
        var legend = Html.El("legend", text, ("class", Html.Classes("govuk-fieldset__legend", size, LabelClass)));
        return Html.El(
            "fieldset", Html.All(legend, inside),
            ("class", "govuk-fieldset"), ("role", role), ("aria-describedby", DescribedByIds()));
    }

    /// <summary>Replaces the tag by its form group.</summary>
    protected void WriteGroup(TagHelperOutput output, IHtmlContent inside, string? extraClass = null, string? module = null)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", Html.Classes(
            "govuk-form-group", Error is null ? null : "govuk-form-group--error", extraClass, GroupClass));
        if (module is not null)
        {
            output.Attributes.SetAttribute("data-module", module);
        }

        output.Content.SetHtmlContent(inside);
    }

    /// <summary>Moves the attributes that were written on the tag to its control; a class is added, anything else wins.</summary>
    private protected static HtmlElement WithWrittenAttributes(HtmlElement control, TagHelperOutput output, string? errorClass)
    {
        foreach (var attribute in output.Attributes.Where(attribute => attribute.Name != "class"))
        {
            control[attribute.Name] = TextOf(attribute);
        }

        control["class"] = Html.Classes(control["class"], WrittenClass(output), errorClass);
        return control;
    }

    protected static string? WrittenClass(TagHelperOutput output) =>
        output.Attributes.TryGetAttribute("class", out var attribute) ? TextOf(attribute) : null;

    private static string? TextOf(TagHelperAttribute attribute) => attribute.Value switch
    {
        null => "",
        IHtmlContent html => Written(html),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Written(IHtmlContent html)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return WebUtility.HtmlDecode(writer.ToString());
    }

    private HtmlElement ErrorParagraph(string error) => Html.El(
        "p",
        Html.All(Html.El("span", "Error:", ("class", "govuk-visually-hidden")), new StringHtmlContent(" " + error)),
        ("id", FieldId + "-error"), ("class", "govuk-error-message"));

    private string? FirstError()
    {
        if (Entry is not { Errors.Count: > 0 } entry)
        {
            return null;
        }

        var message = entry.Errors[0].ErrorMessage;
        return message.Length > 0 ? message : ErrorSummaryTagHelper.Unknown;
    }
}
