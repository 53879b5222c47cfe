using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.WebUtilities;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Fills a page's form in with what was typed before. It does so only when everything finds its field; otherwise
/// nothing would say that something is missing.
/// </summary>
internal static class FilledForm
{
    private static readonly string[] NotTyped = ["submit", "button", "image", "reset", "file", "password"];

    /// <returns>Whether the page has that form.</returns>
    public static bool Fill(IHtmlDocument page, KeptContent kept, Guid id, string words)
    {
        if (page.QuerySelector("main") is not { } main
            || main.QuerySelectorAll("form").OfType<IHtmlFormElement>().Where(one => Fits(one, kept)).MaxBy(one => Likeness(one, kept)) is not { } form)
        {
            return false;
        }

        foreach (var group in ControlsOf(form).GroupBy(control => control.GetAttribute("name")!, StringComparer.Ordinal))
        {
            Fill([.. group], [.. kept.Fields.Where(field => field.Name == group.Key).Select(field => field.Value)]);
        }

        form.SetAttribute("action", kept.Address);
        var sent = page.CreateElement("input");
        sent.SetAttribute("type", "hidden");
        sent.SetAttribute("name", PostedForm.SentField);
        sent.SetAttribute("value", $"{id}");
        form.AppendChild(sent);
        main.Prepend(Banner(page, words));
        return true;
    }

    private static INode Banner(IHtmlDocument page, string words)
    {
        var banner = page.CreateElement("div");
        banner.ClassName = "govuk-notification-banner";
        banner.SetAttribute("role", "alert");
        banner.SetAttribute("aria-labelledby", "kept-title");
        banner.SetAttribute("data-module", "govuk-notification-banner");
        banner.InnerHtml = """
            <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="kept-title">Important</h2></div>
            <div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading"></p></div>
            """;
        banner.QuerySelector("p")!.TextContent = words;
        return banner;
    }

    private static bool Fits(IHtmlFormElement form, KeptContent kept)
    {
        if (!string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase) || !LeadsThere(form, kept.Address))
        {
            return false;
        }

        var controls = form.Elements.ToLookup(element => element.GetAttribute("name") ?? "", StringComparer.Ordinal);
        return kept.Fields.Where(field => field.Value.Length > 0).GroupBy(field => field.Name)
            .All(same => HasRoom(controls[same.Key], same.Count()) && same.All(field => controls[field.Name].Any(control => Takes(control, field.Value))));
    }

    private static bool HasRoom(IEnumerable<IElement> controls, int values) =>
        controls.Count() >= values || controls.Any(control => control is IHtmlSelectElement { IsMultiple: true });

    private static bool Takes(IElement control, string value) => control switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" or "submit" } box => box.Value == value,
        IHtmlButtonElement button => button.Value == value,
        IHtmlSelectElement select => select.Options.Any(option => option.Value == value),
        IHtmlInputElement { Type: "file" or "password" } => false,
        _ => true,
    };

    // The button that was pressed may lead elsewhere than its form.
    private static bool LeadsThere(IHtmlFormElement form, string address) =>
        IsSame(form.GetAttribute("action"), address)
        || form.Elements.Any(element => element.GetAttribute("formaction") is { } action && IsSame(action, address));

    private static bool IsSame(string? action, string address)
    {
        if (string.IsNullOrEmpty(action))
        {
            // To its own page, whatever the query that shows it.
            return !QueryHelpers.ParseQuery(Query(address)).ContainsKey("handler");
        }

        var (one, other) = (QueryHelpers.ParseQuery(Query(action)), QueryHelpers.ParseQuery(Query(address)));
        one.Remove(PostedForm.Parameter);
        return string.Equals(action.Split('?')[0], address.Split('?')[0], StringComparison.OrdinalIgnoreCase)
            && one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }

    private static string Query(string address) => address.Split('?', 2) is [_, var query] ? query : "";

    // Of several alike, one for each row of a list: the one whose hidden fields say the same.
    private static int Likeness(IHtmlFormElement form, KeptContent kept) =>
        form.Elements.Count(element => element is IHtmlInputElement { Type: "hidden" } or IHtmlButtonElement
            && kept.Fields.Any(field => field.Name == element.GetAttribute("name") && field.Value == element.GetAttribute("value")));

    private static IEnumerable<IElement> ControlsOf(IHtmlFormElement form) => form.Elements.Where(element =>
        element.GetAttribute("name") is { Length: > 0 } and not PostedForm.TokenField
        && element switch
        {
            IHtmlInputElement input => !NotTyped.Contains(input.Type),
            _ => element is IHtmlTextAreaElement or IHtmlSelectElement,
        });

    private static void Fill(IReadOnlyList<IElement> controls, IReadOnlyList<string> values)
    {
        // A tick box may have a hidden field that says "false" for it.
        var hasTicks = controls.Any(control => control is IHtmlInputElement { Type: "checkbox" or "radio" });
        var next = 0;
        foreach (var control in controls)
        {
            switch (control)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    Set(box, "checked", values.Contains(box.Value));
                    break;
                case IHtmlInputElement { Type: "hidden" } when hasTicks:
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options)
                    {
                        Set(option, "selected", select.IsMultiple ? values.Contains(option.Value) : next < values.Count && option.Value == values[next]);
                    }

                    next++;
                    break;
                case IHtmlTextAreaElement area when next < values.Count:
                    area.TextContent = values[next++];
                    break;
                case IHtmlInputElement when next < values.Count:
                    control.SetAttribute("value", values[next++]);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Set(IElement element, string attribute, bool isOn)
    {
        if (isOn)
        {
            element.SetAttribute(attribute, attribute);
        }
        else
        {
            element.RemoveAttribute(attribute);
        }
    }
}
