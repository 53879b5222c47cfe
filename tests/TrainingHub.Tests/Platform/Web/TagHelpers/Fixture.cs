using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace TrainingHub.Tests.Platform.Web.TagHelpers;

/// <summary>One example of the GOV.UK Frontend package: options of a component and the HTML that they make.</summary>
internal sealed record Fixture(string Name, Options Options, string Html)
{
    public static IEnumerable<Fixture> Of(string component)
    {
        var path = Path.Combine(Root(), "src/TrainingHub/node_modules/govuk-frontend/dist/govuk/components", component, "fixtures.json");
        using var file = File.OpenRead(path);
        var document = JsonDocument.Parse(file);
        foreach (var fixture in document.RootElement.GetProperty("fixtures").EnumerateArray())
        {
            yield return new(
                fixture.GetProperty("name").GetString() ?? "", new Options(fixture.GetProperty("options")), fixture.GetProperty("html").GetString() ?? "");
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TrainingHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("TrainingHub.sln was not found above the tests.");
    }
}

/// <summary>Options that remember what was read: an example counts only when our tag can say all of it.</summary>
internal sealed class Options(JsonElement json)
{
    private readonly HashSet<string> read = [];
    private readonly List<Options> inner = [];

    public bool AreAllRead =>
        json.ValueKind != JsonValueKind.Object
        || (json.EnumerateObject().All(option => read.Contains(option.Name)) && inner.All(options => options.AreAllRead));

    public string? Text(string name) => Has(name, out var value) ? Plain(value) : null;

    public bool? Flag(string name) => Has(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : null;

    public Options? Inner(string name)
    {
        if (!Has(name, out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var options = new Options(value);
        inner.Add(options);
        return options;
    }

    public Options[] List(string name)
    {
        if (!Has(name, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        // Gaps in a list are a habit of templates; our pages have none to write.
        if (value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
        {
            read.Remove(name);
        }

        Options[] items = [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new Options(item))];
        inner.AddRange(items);
        return items;
    }

    public string[]? Texts(string name) =>
        Has(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Plain).OfType<string>()] : null;

    public IEnumerable<(string Name, string Value)> Pairs()
    {
        foreach (var option in json.EnumerateObject())
        {
            read.Add(option.Name);
            yield return (option.Name, Plain(option.Value) ?? "");
        }
    }

    private bool Has(string name, out JsonElement value)
    {
        read.Add(name);
        return json.TryGetProperty(name, out value);
    }

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}

/// <summary>HTML in one spelling: attributes and classes in order, white space as a browser shows it.</summary>
internal static partial class NormalHtml
{
    public static string Of(string html)
    {
        var body = new HtmlParser().ParseDocument("<body>" + html).Body;
        return string.Join('\n', body?.ChildNodes.SelectMany(node => Lines(node, 0)) ?? []);
    }

    private static IEnumerable<string> Lines(INode node, int depth)
    {
        var indent = new string(' ', depth * 2);
        if (node is IText text)
        {
            var words = WhiteSpace().Replace(text.Data, " ").Trim();
            if (words.Length > 0)
            {
                yield return indent + words;
            }
        }
        if (node is not IElement element)
        {
            yield break;
        }

        var attributes = element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(Written);
        yield return $"{indent}<{element.LocalName}{string.Concat(attributes)}>";
        foreach (var line in element.ChildNodes.SelectMany(child => Lines(child, depth + 1)))
        {
            yield return line;
        }
    }

    private static string Written(IAttr attribute)
    {
        var value = attribute.Value;
        if (attribute.Name is "class" or "aria-describedby")
        {
            value = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }

        return $" {attribute.Name}=\"{value}\"";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
