using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>Stripe's lists: newest first, <c>limit</c> 1 to 100 (10 when not said), pages by the id of the last object seen.</summary>
internal static class StripeLists
{
    public static JsonObject Sessions(Books books, JsonObject fields) => Checked(books, "checkout.session.list", Page("/v1/checkout/sessions", fields, books.NewestFirst("checkout.session")
        .Where(one => Fits(one, "payment_intent", fields) && Fits(one, "status", fields) && IsOfSpan(one, fields))));

    public static JsonObject Refunds(Books books, JsonObject fields) => Checked(books, "refund.list", Page("/v1/refunds", fields, books.NewestFirst("refund")
        .Where(one => Fits(one, "payment_intent", fields) && Fits(one, "charge", fields) && IsOfSpan(one, fields))));

    public static JsonObject Disputes(Books books, JsonObject fields) => Checked(books, "dispute.list", Page("/v1/disputes", fields, books.NewestFirst("dispute")
        .Where(one => Fits(one, "payment_intent", fields) && Fits(one, "charge", fields) && IsOfSpan(one, fields))));

    public static JsonObject LineItems(Books books, string id, JsonObject fields)
    {
        books.Get("checkout.session", id, "session");
        return Page($"/v1/checkout/sessions/{id}/line_items", fields, books.LineItems[id].Select(item => item!.AsObject()));
    }

    public static JsonObject Events(Books books, JsonObject fields)
    {
        var types = fields["types"]?.AsArray().Select(type => (string)type!).ToHashSet();
        var oldest = books.Now - 30L * 24 * 3600;
        var delivered = (bool?)fields["delivery_success"];
        return Page("/v1/events", fields, books.NewestFirst("event").Where(one =>
            Fits(one, "type", fields)
            && (types is null || types.Contains((string)one["type"]!))
            && (long)one["created"]! >= oldest && IsOfSpan(one, fields)
            && (delivered is null || delivered == ((int)one["pending_webhooks"]! == 0))));
    }

    private static bool IsOfSpan(JsonObject one, JsonObject fields) =>
        (long)one["created"]! >= ((long?)fields["created"]?["gte"] ?? 0) && (long)one["created"]! <= ((long?)fields["created"]?["lte"] ?? long.MaxValue);

    private static JsonObject Checked(Books books, string kind, JsonObject list)
    {
        books.Schema.Check(kind, list);
        return list;
    }

    private static bool Fits(JsonObject one, string name, JsonObject fields) =>
        fields[name] is null || (string?)one[name] == (string?)fields[name];

    private static JsonObject Page(string url, JsonObject fields, IEnumerable<JsonObject> all)
    {
        var limit = (long?)fields["limit"] ?? 10;
        if (limit is < 1 or > 100)
        {
            throw StripeRefusal.Invalid("parameter_invalid_integer", "This value must be between 1 and 100.", "limit");
        }

        var list = all.ToList();
        if ((string?)fields["starting_after"] is { } after)
        {
            list = [.. list.Skip(Position(list, after, "starting_after") + 1)];
        }

        if ((string?)fields["ending_before"] is { } before)
        {
            var newer = list.Take(Position(list, before, "ending_before")).ToList();
            list = [.. newer.Skip(Math.Max(0, newer.Count - (int)limit))];
            return List(url, list, list.Count < newer.Count);
        }
        return List(url, list.Take((int)limit), list.Count > limit);
    }

    private static int Position(List<JsonObject> list, string id, string param)
    {
        var at = list.FindIndex(one => (string?)one["id"] == id);
        return at >= 0 ? at : throw StripeRefusal.Missing("object", id, param);
    }

    private static JsonObject List(string url, IEnumerable<JsonObject> page, bool more) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. page.Select(one => one.DeepClone())]),
        ["has_more"] = more,
        ["url"] = url,
    };
}
