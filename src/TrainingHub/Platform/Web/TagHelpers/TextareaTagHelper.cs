using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// Several lines of text. With <c>[StringLength]</c>, <c>[MaxLength]</c> or <c>max-characters</c> it counts what is left.
/// </summary>
[HtmlTargetElement("th-textarea", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextareaTagHelper : FieldTagHelper
{
    [HtmlAttributeName("rows")]
    public int Rows { get; set; } = 5;

    [HtmlAttributeName("max-characters")]
    public int? MaxCharacters { get; set; }

    [HtmlAttributeName("max-words")]
    public int? MaxWords { get; set; }

    /// <summary>Percent of the limit at which counting starts.</summary>
    [HtmlAttributeName("threshold")]
    public int? Threshold { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var characters = MaxWords is null ? MaxCharacters ?? LimitFromModel() : null;
        var counted = characters is not null || MaxWords is not null;
        var textarea = Html.El(
            "textarea", null,
            ("class", Html.Classes("govuk-textarea", counted ? "govuk-js-character-count" : null)), ("id", FieldId), ("name", FieldName),
            ("rows", Number(Rows)), ("aria-describedby", DescribedByIds(counted ? FieldId + "-info" : null)));
        WithWrittenAttributes(textarea, output, Error is null ? null : "govuk-textarea--error");
        // A browser drops the first line break of a textarea: one more keeps an answer that starts with one.
        var text = Text() ?? "";
        textarea.Add(text.StartsWith('\n') ? "\n" + text : text);
        var count = counted ? CountMessage(MaxWords ?? characters) : null;

        WriteGroup(
            output, Html.All(LabelElement(), HintAndError(), textarea, count),
            counted ? "govuk-character-count" : null, counted ? "govuk-character-count" : null);
        if (characters is not null)
        {
            output.Attributes.SetAttribute("data-maxlength", Number(characters));
        }

        if (MaxWords is not null)
        {
            output.Attributes.SetAttribute("data-maxwords", Number(MaxWords));
            output.Attributes.SetAttribute("data-count-type", "words");
        }
        if (counted && Threshold is not null)
        {
            output.Attributes.SetAttribute("data-threshold", Number(Threshold));
        }
    }

    private HtmlElement CountMessage(int? limit) => Html.El(
        "div", $"You can enter up to {Number(limit)} {(MaxWords is null ? "characters" : "words")}",
        ("id", FieldId + "-info"), ("class", "govuk-hint govuk-character-count__message"));

    private int? LimitFromModel()
    {
        foreach (var validator in For?.Metadata.ValidatorMetadata ?? [])
        {
            if (validator is StringLengthAttribute length)
            {
                return length.MaximumLength;
            }

            if (validator is MaxLengthAttribute max)
            {
                return max.Length;
            }
        }
        return null;
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
