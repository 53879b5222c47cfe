using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>One of several. <c>class="govuk-radios--inline"</c> or <c>--small</c> as the design system has it.</summary>
[HtmlTargetElement("th-radios")]
public sealed class RadiosTagHelper : ChoicesTagHelper
{
    private protected override void Write(TagHelperOutput output, List<Choice> items, HashSet<string> chosen)
    {
        var group = Group(output, "radios", items, chosen);
        WriteGroup(output, InFieldset(Html.All(HintAndError(), group)));
    }
}

/// <summary>Any of several: the property is a collection of strings, ids or an enum.</summary>
[HtmlTargetElement("th-checkboxes")]
public sealed class CheckboxesTagHelper : ChoicesTagHelper
{
    private protected override void Write(TagHelperOutput output, List<Choice> items, HashSet<string> chosen)
    {
        var group = Group(output, "checkboxes", items, chosen);
        WriteGroup(output, InFieldset(Html.All(HintAndError(), group)));
    }
}

/// <summary>One box for a <c>bool</c>; the label is the box's own.</summary>
[HtmlTargetElement("th-checkbox")]
public sealed class CheckboxTagHelper : ChoicesTagHelper
{
    private protected override void Write(TagHelperOutput output, List<Choice> items, HashSet<string> chosen)
    {
        var box = new Choice { Value = "true", Text = LabelText ?? "", Hint = HintText };
        (Label, Hint) = ("", null);
        var error = Error is null ? null : HintAndError();
        var group = Group(output, "checkboxes", [box], chosen);
        WriteGroup(output, Html.All(error, group));
    }
}

/// <summary>A list to choose from; <c>prompt</c> is the first line, which counts as no answer.</summary>
[HtmlTargetElement("th-select")]
public sealed class SelectTagHelper : ChoicesTagHelper
{
    [HtmlAttributeName("prompt")]
    public string? Prompt { get; set; }

    private protected override void Write(TagHelperOutput output, List<Choice> items, HashSet<string> chosen)
    {
        var select = Html.El(
            "select", null, ("class", "govuk-select"), ("id", FieldId), ("name", FieldName), ("aria-describedby", DescribedByIds()));
        WithWrittenAttributes(select, output, Error is null ? null : "govuk-select--error");
        if (Prompt is not null)
        {
            items.Insert(0, new Choice { Value = "", Text = Prompt });
        }

        foreach (var item in items)
        {
            select.Add(Html.El(
                "option", item.Text, ("value", item.Value),
                ("selected", IsChosen(item, chosen) ? "" : null), ("disabled", item.Disabled ? "" : null)));
        }

        WriteGroup(output, Html.All(LabelElement(), HintAndError(), select));
    }
}
