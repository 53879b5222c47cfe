using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>
/// Stripe's own description of its API as the judge of what comes in (with Stripe's error codes and <c>param</c>) and of what
/// the double itself answers (a misfit is a fault of the double and throws).
/// </summary>
internal sealed class StripeSchema
{
    private readonly JsonObject root;
    private readonly Dictionary<string, JsonObject> query = [];

    public StripeSchema()
    {
        using var stream = typeof(StripeSchema).Assembly.GetManifestResourceStream("stripe-openapi-trimmed.json")
            ?? throw new InvalidOperationException("stripe-openapi-trimmed.json is not embedded.");
        root = JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>Types the fields of a request, or refuses the first that does not fit. <paramref name="template"/> is the path as in the schema.</summary>
    public JsonObject Read(string method, string template, JsonObject fields)
    {
        var operation = root["paths"]![template]![method]!.AsObject();
        var schema = operation["requestBody"]?["content"]?["application/x-www-form-urlencoded"]?["schema"]?.AsObject();
        return (JsonObject)Typed(schema ?? QuerySchema(method + template, operation), fields, "");
    }

    /// <summary>Throws when an object that the double is about to send is not what Stripe would send.</summary>
    public void Check(string kind, JsonObject answer)
    {
        var fault = Misfit(root["components"]!["schemas"]![kind]!.AsObject(), answer, kind);
        if (fault is not null)
        {
            throw new InvalidOperationException($"The double's own answer does not fit Stripe's schema: {fault}");
        }
    }

    private JsonObject QuerySchema(string key, JsonObject operation)
    {
        lock (query)
        {
            if (query.TryGetValue(key, out var known))
            {
                return known;
            }

            var properties = new JsonObject();
            foreach (var parameter in operation["parameters"]!.AsArray())
            {
                if ((string?)parameter!["in"] == "query")
                {
                    AddProperty(properties, (string)parameter["name"]!, parameter["schema"]!.DeepClone());
                }
            }
            return query[key] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        }
    }

    private static void AddProperty(JsonObject properties, string name, JsonNode schema)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            properties[name] = schema;
            return;
        }
        var inner = name[(open + 1)..^1];
        if (inner.Length == 0)
        {
            properties[name[..open]] = new JsonObject { ["type"] = "array", ["items"] = schema };
            return;
        }
        properties[name[..open]] ??= new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(), ["additionalProperties"] = false };
        properties[name[..open]]!["properties"]![inner] = schema;
    }

    private static JsonNode Typed(JsonObject schema, JsonNode given, string param) => (string)schema["type"]! switch
    {
        "object" => TypedObject(schema, given, param),
        "array" => TypedArray(schema, given, param),
        "integer" => TypedInteger(Text(given, param, "integer"), param),
        "boolean" => Text(given, param, "boolean") switch
        {
            "true" => true,
            "false" => false,
            var text => throw StripeRefusal.Invalid("parameter_invalid_boolean", $"Invalid boolean: {text}", param),
        },
        _ => TypedString(schema, Text(given, param, "string"), param),
    };

    private static JsonObject TypedObject(JsonObject schema, JsonNode given, string param)
    {
        if (given is not JsonObject fields)
        {
            throw StripeRefusal.Invalid(null, "Invalid object", param);
        }

        var known = schema["properties"] as JsonObject;
        var any = schema["additionalProperties"] as JsonObject;
        var typed = new JsonObject();
        foreach (var (name, value) in fields)
        {
            var inner = param.Length == 0 ? name : $"{param}[{name}]";
            var rule = known?[name] as JsonObject ?? any
                ?? throw StripeRefusal.Invalid("parameter_unknown", $"Received unknown parameter: {inner}", inner);
            typed[name] = Typed(rule, value!, inner);
        }
        if (any is not null)
        {
            CheckMetadata(typed, param);
        }

        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            var inner = param.Length == 0 ? (string)required! : $"{param}[{required}]";
            if (!typed.ContainsKey((string)required!))
            {
                throw StripeRefusal.Invalid("parameter_missing", $"Missing required param: {inner}.", inner);
            }
        }
        return typed;
    }

    private static void CheckMetadata(JsonObject metadata, string param)
    {
        if (metadata.Count > 50)
        {
            throw StripeRefusal.Invalid(null, "Metadata can hold at most 50 keys", param);
        }

        foreach (var (key, _) in metadata)
        {
            if (key.Length > 40)
            {
                throw StripeRefusal.Invalid(null, $"Metadata keys must be under 40 characters long; {key.Length} given", param);
            }
        }
    }

    private static JsonArray TypedArray(JsonObject schema, JsonNode given, string param)
    {
        if (given is not JsonObject items)
        {
            throw StripeRefusal.Invalid(null, "Invalid array", param);
        }

        var typed = new JsonArray();
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i.ToString(CultureInfo.InvariantCulture)] ?? throw StripeRefusal.Invalid(null, "Invalid array", param);
            typed.Add(Typed(schema["items"]!.AsObject(), item, $"{param}[{i}]"));
        }
        return typed;
    }

    private static JsonValue TypedInteger(string text, string param) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : throw StripeRefusal.Invalid("parameter_invalid_integer", $"Invalid integer: {text}", param);

    private static JsonValue TypedString(JsonObject schema, string text, string param)
    {
        if (text.Length == 0 && !param.Contains("metadata", StringComparison.Ordinal))
        {
            throw StripeRefusal.Invalid("parameter_invalid_empty", $"You passed an empty string for '{param}'. We assume empty values are an attempt to unset a parameter; however '{param}' cannot be unset.", param);
        }

        if (schema["maxLength"] is JsonNode most && text.Length > (int)most)
        {
            throw StripeRefusal.Invalid(null, $"Invalid string: {text[..10]}...{text[^10..]}; must be at most {most} characters", param);
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(value => (string?)value == text))
        {
            throw StripeRefusal.Invalid(null, $"Invalid {param}: must be one of {string.Join(", ", allowed)}", param);
        }

        return JsonValue.Create(text);
    }

    private static string Text(JsonNode given, string param, string wanted) =>
        given is JsonValue value ? value.GetValue<string>() : throw StripeRefusal.Invalid(null, $"Invalid {wanted}: {{...}}", param);

    private string? Misfit(JsonObject schema, JsonNode? value, string path)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Misfit(root["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject(), value, path);
        }

        if (value is null)
        {
            return (bool?)schema["nullable"] == true ? null : $"{path} is null";
        }

        return ((string?)schema["type"], value.GetValueKind()) switch
        {
            ("object", JsonValueKind.Object) => ObjectMisfit(schema, value.AsObject(), path),
            ("array", JsonValueKind.Array) => value.AsArray().Select((item, i) => Misfit(schema["items"]!.AsObject(), item, $"{path}[{i}]")).FirstOrDefault(fault => fault is not null),
            ("integer", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => null,
            ("string", JsonValueKind.String) => schema["enum"] is JsonArray allowed && !allowed.Any(one => (string?)one == (string?)value) ? $"{path} is {value}" : null,
            _ => $"{path} is {value.GetValueKind()}, not {schema["type"]}",
        };
    }

    private string? ObjectMisfit(JsonObject schema, JsonObject value, string path)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!value.ContainsKey((string)required!))
            {
                return $"{path}.{required} is missing";
            }
        }
        if (schema["properties"] is not JsonObject known)
        {
            return null;
        }

        foreach (var (name, inner) in value)
        {
            if (known[name] is not JsonObject rule)
            {
                return $"{path}.{name} is not in the schema";
            }

            if (Misfit(rule, inner, $"{path}.{name}") is { } fault)
            {
                return fault;
            }
        }
        return null;
    }
}
