using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>One item of radios, checkboxes or a select. <c>Checked</c> null means: as the model says.</summary>
internal sealed record Choice
{
    public string? Value { get; init; }
    public string Text { get; init; } = "";
    public string? Id { get; init; }
    public string? Hint { get; init; }
    public string? Divider { get; init; }
    public bool? Checked { get; init; }
    public bool Disabled { get; init; }
    public bool Exclusive { get; init; }
    public IHtmlContent? Conditional { get; init; }

    public static Choice From(SelectListItem item) =>
        new() { Value = item.Value, Text = item.Text, Checked = item.Selected ? true : null, Disabled = item.Disabled };

    /// <summary>Items that the type of the property already says: an enum's members, or yes and no.</summary>
    public static IEnumerable<Choice> FromType(ModelMetadata? metadata)
    {
        var type = metadata?.ElementMetadata?.UnderlyingOrModelType ?? metadata?.UnderlyingOrModelType;
        if (type == typeof(bool))
        {
            return [new() { Value = "true", Text = "Yes" }, new() { Value = "false", Text = "No" }];
        }

        if (type is not { IsEnum: true })
        {
            return [];
        }

        return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(member =>
        {
            var display = member.GetCustomAttribute<DisplayAttribute>();
            return new Choice { Value = member.Name, Text = display?.GetName() ?? member.Name, Hint = display?.GetDescription() };
        });
    }

    /// <summary>What was chosen: the posted values if any were posted, else those of the model.</summary>
    public static HashSet<string> Chosen(ModelStateEntry? entry, object? model)
    {
        var values = entry?.RawValue ?? model;
        if (values is null)
        {
            return [];
        }

        if (values is string or not IEnumerable)
        {
            return [Written(values)];
        }

        return [.. ((IEnumerable)values).Cast<object?>().OfType<object>().Select(Written)];
    }

    private static string Written(object value) => value switch
    {
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
