using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Day, month and year in three boxes, bound to a <c>DateOnly</c> by <see cref="Binding.DateBinder"/>.</summary>
[HtmlTargetElement("th-date-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateInputTagHelper : FieldTagHelper
{
    /// <summary>This is the person's own date of birth, which browsers know.</summary>
    [HtmlAttributeName("birthday")]
    public bool Birthday { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var date = (Value ?? For?.Model) as DateOnly?;
        Box[] boxes =
        [
            new("Day", "day", "2", Typed("Day") ?? Number(date?.Day), "bday-day"),
            new("Month", "month", "2", Typed("Month") ?? Number(date?.Month), "bday-month"),
            new("Year", "year", "4", Typed("Year") ?? Number(date?.Year), "bday-year"),
        ];
        var isPartlyEmpty = boxes.Any(box => string.IsNullOrEmpty(box.Text)) && boxes.Any(box => !string.IsNullOrEmpty(box.Text));
        var group = Html.El("div", null, ("class", "govuk-date-input"), ("id", FieldId));
        WithWrittenAttributes(group, output, null);
        foreach (var box in boxes)
        {
            // Only the boxes left empty are marked, when some were filled.
            var isWrong = Error is not null && (!isPartlyEmpty || string.IsNullOrEmpty(box.Text));
            group.Add(Item(box, isWrong));
        }
        WriteGroup(output, InFieldset(Html.All(HintAndError(), group), "group"));
    }

    private HtmlElement Item(Box box, bool isWrong)
    {
        var id = $"{FieldId}-{box.Key}";
        var label = Html.El("label", box.Label, ("class", "govuk-label govuk-date-input__label"), ("for", id));
        var classes = Html.Classes(
            "govuk-input govuk-date-input__input", isWrong ? "govuk-input--error" : null, "govuk-input--width-" + box.Width);
        var input = Html.Void(
            "input",
            ("class", classes), ("id", id), ("name", $"{FieldName}.{box.Label}"), ("type", "text"), ("inputmode", "numeric"),
            ("value", box.Text), ("autocomplete", Birthday ? box.Autocomplete : null));
        var inside = Html.El("div", Html.All(label, input), ("class", "govuk-form-group"));
        return Html.El("div", inside, ("class", "govuk-date-input__item"));
    }

    private string? Typed(string part) =>
        ViewContext.ViewData.ModelState.TryGetValue($"{FieldName}.{part}", out var entry) ? entry.AttemptedValue : null;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private sealed record Box(string Label, string Key, string Width, string? Text, string Autocomplete);
}
