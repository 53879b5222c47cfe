using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TrainingHub.Tests;

/// <summary>
/// A form as it stands in a page. Only fields that are there can be filled in, so a test fails when a field is renamed:
/// <c>form["Form.Email"] = "a@example.org"</c>; several ticks by <see cref="Tick"/>.
/// </summary>
public sealed class TestForm
{
    private readonly IHtmlFormElement form;
    private readonly List<KeyValuePair<string, string>> fields = [];
    private readonly List<(string Field, string Name, byte[] Content)> files = [];

    internal TestForm(IHtmlFormElement form, string? button)
    {
        this.form = form;
        foreach (var element in form.QuerySelectorAll("input[name], textarea[name], select[name]").Where(element => !element.HasAttribute("disabled")))
        {
            AddAsItStands(element);
        }

        var pressed = button is null ? null : form.QuerySelectorAll("button").First(element => element.TextContent.Trim() == button);
        if (pressed?.GetAttribute("name") is { Length: > 0 } name)
        {
            Add(name, pressed.GetAttribute("value") ?? "");
        }

        Action = pressed?.GetAttribute("formaction") ?? form.GetAttribute("action");
    }

    internal string? Action { get; }

    internal bool IsPost => string.Equals(form.Method, "post", StringComparison.OrdinalIgnoreCase);

    internal IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    /// <summary>The value that would be sent now; empty when none.</summary>
    public string this[string name]
    {
        get => fields.Find(field => field.Key == name).Value ?? "";
        set
        {
            Require(name, value);
            fields.RemoveAll(field => field.Key == name);
            Add(name, value);
        }
    }

    /// <summary>Ticks one more box of a group.</summary>
    public void Tick(string name, string value)
    {
        Require(name, value);
        Add(name, value);
    }

    /// <summary>The value of the box that carries these words.</summary>
    public string ValueOf(string label)
    {
        var words = form.QuerySelectorAll("label[for]").FirstOrDefault(element => element.TextContent.Trim() == label)
            ?? throw new InvalidOperationException($"The form has no label “{label}”.");
        return form.QuerySelector("#" + words.GetAttribute("for"))?.GetAttribute("value") ?? "";
    }

    /// <summary>The value of the choice with these words in a list to choose from.</summary>
    public string ValueOfOption(string name, string words) =>
        form.QuerySelectorAll("select").OfType<IHtmlSelectElement>().First(select => select.Name == name)
            .Options.FirstOrDefault(option => option.Text.Trim() == words)?.Value
        ?? throw new InvalidOperationException($"{name} does not offer “{words}”.");

    public void Clear(string name)
    {
        Require(name, value: null);
        fields.RemoveAll(field => field.Key == name);
    }

    /// <summary>Chooses one more file.</summary>
    public void Attach(string name, string fileName, byte[] content)
    {
        Require(name, value: null);
        files.Add((name, fileName, content));
    }

    /// <summary>As a browser sends it: with files, or in a form that takes some, in parts.</summary>
    internal HttpContent Content()
    {
        if (form.GetAttribute("enctype") != "multipart/form-data")
        {
            return new FormUrlEncodedContent(fields);
        }

        var parts = new MultipartFormDataContent();
        fields.ForEach(field => parts.Add(new StringContent(field.Value), field.Key));
        files.ForEach(file => parts.Add(new ByteArrayContent(file.Content), file.Field, file.Name));
        return parts;
    }

    /// <summary>Sends a field that the page does not have, as an attacker would.</summary>
    public void Forge(string name, string value) => Add(name, value);

    internal string QueryOn(string address) =>
        address.Split('?')[0] + "?" + string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));

    private void Add(string name, string value) => fields.Add(new KeyValuePair<string, string>(name, value));

    private void AddAsItStands(IElement element)
    {
        var name = element.GetAttribute("name")!;
        var value = element switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? box.Value is { Length: > 0 } given ? given : "on" : null,
            IHtmlInputElement { Type: "submit" or "button" or "file" } => null,
            IHtmlInputElement input => input.Value,
            IHtmlTextAreaElement area => area.Value,
            IHtmlSelectElement select => select.Value ?? "",
            _ => null,
        };
        if (value is not null)
        {
            Add(name, value);
        }
    }

    private void Require(string name, string? value)
    {
        var elements = form.QuerySelectorAll("[name]").Where(element => element.GetAttribute("name") == name).ToList();
        if (elements is [])
        {
            var names = form.QuerySelectorAll("[name]").Select(element => element.GetAttribute("name")).Distinct();
            throw new InvalidOperationException($"The form has no field {name}; it has {string.Join(", ", names)}.");
        }

        var choices = elements.OfType<IHtmlInputElement>().Where(input => input.Type is "radio" or "checkbox").Select(input => input.Value)
            .Concat(elements.OfType<IHtmlSelectElement>().SelectMany(select => select.Options).Select(option => option.Value)).ToList();
        if (value is not null && choices is not [] && !choices.Contains(value))
        {
            throw new InvalidOperationException($"The field {name} does not offer “{value}”; it offers {string.Join(" | ", choices)}.");
        }
    }
}
