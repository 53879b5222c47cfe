using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// One item inside <c>th-radios</c>, <c>th-checkboxes</c> or <c>th-select</c>. Its content is shown when the item
/// is chosen (always, without JavaScript). A value that the enum or <c>asp-items</c> already lists takes its text from there.
/// </summary>
[HtmlTargetElement("th-item", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ItemTagHelper : TagHelper
{
    [HtmlAttributeName("value")]
    public string? Value { get; set; }

    [HtmlAttributeName("text")]
    public string? Text { get; set; }

    [HtmlAttributeName("hint")]
    public string? Hint { get; set; }

    [HtmlAttributeName("item-id")]
    public string? ItemId { get; set; }

    [HtmlAttributeName("disabled")]
    public bool Disabled { get; set; }

    /// <summary>Overrides what the model says.</summary>
    [HtmlAttributeName("checked")]
    public bool? Checked { get; set; }

    /// <summary>Choosing this item clears the others, and the other way round ("None").</summary>
    [HtmlAttributeName("exclusive")]
    public bool Exclusive { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        if (context.Items.TryGetValue(typeof(Choice), out var list) && list is List<Choice> items)
        {
            items.Add(new Choice
            {
                Value = Value,
                Text = Text ?? "",
                Hint = string.IsNullOrEmpty(Hint) ? null : Hint,
                Id = ItemId,
                Checked = Checked,
                Disabled = Disabled,
                Exclusive = Exclusive,
                Conditional = inside.IsEmptyOrWhiteSpace ? null : inside,
            });
        }

        output.SuppressOutput();
    }
}

/// <summary>A word between two items: <c>&lt;th-divider&gt;or&lt;/th-divider&gt;</c>.</summary>
[HtmlTargetElement("th-divider")]
public sealed class DividerTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        if (context.Items.TryGetValue(typeof(Choice), out var list) && list is List<Choice> items)
        {
            items.Add(new Choice { Divider = System.Net.WebUtility.HtmlDecode(inside.GetContent()).Trim() });
        }

        output.SuppressOutput();
    }
}
