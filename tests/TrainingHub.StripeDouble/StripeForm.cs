using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>
/// Reads Stripe's bracket notation (<c>line_items[0][price_data][currency]=gbp</c>, <c>types[]=a</c>) into a tree of objects whose
/// leaves are strings. Arrays stay objects with the keys 0, 1, …: the schema says which is meant.
/// </summary>
internal static class StripeForm
{
    public static JsonObject Parse(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var root = new JsonObject();
        foreach (var (name, value) in pairs)
        {
            Put(root, Steps(name), name, value);
        }

        return root;
    }

    private static void Put(JsonObject at, List<string> steps, string name, string value)
    {
        for (var i = 0; i < steps.Count - 1; i++)
        {
            var step = steps[i].Length == 0 ? NextIndex(at) : steps[i];
            at[step] ??= new JsonObject();
            at = at[step] as JsonObject ?? throw StripeRefusal.Invalid(null, $"Invalid request: {name} is given both as a value and as a list", name);
        }
        var last = steps[^1].Length == 0 ? NextIndex(at) : steps[^1];
        if (at[last] is JsonObject)
        {
            throw StripeRefusal.Invalid(null, $"Invalid request: {name} is given both as a value and as a list", name);
        }

        at[last] = value;
    }

    private static string NextIndex(JsonObject at) => at.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Steps(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0)
        {
            return [name];
        }

        var steps = new List<string> { name[..open] };
        foreach (var piece in name[(open + 1)..].Split('['))
        {
            steps.Add(piece.TrimEnd(']'));
        }

        return steps;
    }
}
