using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>A password with a button that shows it. What was typed is never sent back to the page.</summary>
[HtmlTargetElement("th-password-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PasswordInputTagHelper : FieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var input = Html.Void(
            "input",
            ("class", "govuk-input govuk-password-input__input govuk-js-password-input-input"), ("id", FieldId), ("name", FieldName),
            ("type", "password"), ("spellcheck", "false"), ("autocapitalize", "none"), ("autocomplete", "current-password"),
            ("value", AsText(Value)), ("aria-describedby", DescribedByIds()));
        WithWrittenAttributes(input, output, Error is null ? null : "govuk-input--error");
        var toggle = Html.El(
            "button", "Show",
            ("type", "button"), ("class", "govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"),
            ("data-module", "govuk-button"), ("aria-controls", FieldId), ("aria-label", "Show password"), ("hidden", ""));
        var wrapper = Html.El("div", Html.All(input, toggle), ("class", "govuk-input__wrapper govuk-password-input__wrapper"));
        WriteGroup(output, Html.All(LabelElement(), HintAndError(), wrapper), "govuk-password-input", "govuk-password-input");
    }
}
