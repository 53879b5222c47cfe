using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Items from <c>asp-items</c>, from the property's enum, or written inside as <c>th-item</c>, in that order.</summary>
public abstract class ChoicesTagHelper : FieldTagHelper
{
    [HtmlAttributeName("asp-items")]
    public IEnumerable<SelectListItem>? Items { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var written = new List<Choice>();
        context.Items[typeof(Choice)] = written;
        await output.GetChildContentAsync();
        var known = (Items?.Select(Choice.From) ?? Choice.FromType(For?.Metadata)).ToList();
        foreach (var item in written)
        {
            Place(item, known);
        }

        Write(output, known, Choice.Chosen(Entry, Value ?? For?.Model));
    }

    private protected abstract void Write(TagHelperOutput output, List<Choice> items, HashSet<string> chosen);

    private protected static bool IsChosen(Choice item, HashSet<string> chosen) =>
        item.Checked ?? chosen.Contains(item.Value ?? item.Text);

    /// <summary>Radios and checkboxes differ in little but their name.</summary>
    private protected IHtmlContent Group(TagHelperOutput output, string kind, List<Choice> items, HashSet<string> chosen)
    {
        var group = Html.El("div", null, ("class", "govuk-" + kind), ("data-module", "govuk-" + kind));
        WithWrittenAttributes(group, output, null);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Divider is { } divider)
            {
                group.Add(Html.El("div", divider, ("class", $"govuk-{kind}__divider")));
                continue;
            }
            // The first has no number, so that the error summary finds it by the field's id.
            var id = items[i].Id ?? (i == 0 ? FieldId : $"{FieldId}-{i + 1}");
            group.Add(Item(kind, items[i], id, IsChosen(items[i], chosen)));
        }
        return group;
    }

    private HtmlContentBuilder Item(string kind, Choice item, string id, bool chosen)
    {
        var hintId = item.Hint is null ? null : id + "-item-hint";
        var outer = kind == "checkboxes" && string.IsNullOrEmpty(LabelText) ? DescribedByIds() : null;
        var describedBy = Html.Classes(outer, hintId);
        var input = Html.Void(
            "input",
            ("class", $"govuk-{kind}__input"), ("id", id), ("name", FieldName), ("type", kind == "radios" ? "radio" : "checkbox"),
            ("value", item.Value), ("checked", chosen ? "" : null), ("disabled", item.Disabled ? "" : null),
            ("data-aria-controls", item.Conditional is null ? null : "conditional-" + id),
            ("data-behaviour", item.Exclusive ? "exclusive" : null), ("aria-describedby", describedBy.Length == 0 ? null : describedBy));
        var label = Html.El("label", item.Text, ("class", $"govuk-label govuk-{kind}__label"), ("for", id));
        var hint = item.Hint is null ? null : Html.El("div", item.Hint, ("id", hintId), ("class", $"govuk-hint govuk-{kind}__hint"));
        var hidden = chosen ? null : $"govuk-{kind}__conditional--hidden";
        var conditional = item.Conditional is null ? null : Html.El(
            "div", item.Conditional, ("class", Html.Classes($"govuk-{kind}__conditional", hidden)), ("id", "conditional-" + id));
        return Html.All(Html.El("div", Html.All(input, label, hint), ("class", $"govuk-{kind}__item")), conditional);
    }

    private static void Place(Choice item, List<Choice> known)
    {
        var at = item.Divider is null ? known.FindIndex(other => other.Value is not null && other.Value == item.Value) : -1;
        if (at < 0)
        {
            known.Add(item);
        }
        else
        {
            known[at] = item with
            {
                Text = item.Text.Length == 0 ? known[at].Text : item.Text,
                Hint = item.Hint ?? known[at].Hint,
                Checked = item.Checked ?? known[at].Checked,
            };
        }
    }
}
