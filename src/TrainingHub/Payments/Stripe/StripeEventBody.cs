using System.Text.Json;

namespace TrainingHub.Payments;

/// <summary>What an event is about: <c>Kind</c> as in <c>checkout.session</c>, <c>refund</c>, <c>dispute</c>.</summary>
internal sealed record StripeEventObject(string Kind, string Id, string? PaymentIntent);

/// <summary>
/// An event as Stripe sends it. Only ids are read from its object, which is as old as the event: fetch the object and act on
/// what it says now.
/// </summary>
/// <param name="About">Null when it is about nothing that has an id, as <c>balance.available</c> is, or thin: never ours.</param>
internal sealed record StripeEventBody(string Id, string Type, bool Livemode, StripeEventObject? About)
{
    private const int LongestWord = 255;

    /// <summary>
    /// Reads a webhook's body whose signature holds; null when it is not an event. Not by Stripe's library, which would read the
    /// whole object and refuse one of another API version.
    /// </summary>
    public static StripeEventBody? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Of(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The events of a page of Stripe's list, newest first.</summary>
    /// <exception cref="JsonException">It is no list.</exception>
    public static IReadOnlyList<StripeEventBody> ParseList(string list, out bool hasMore)
    {
        using var json = JsonDocument.Parse(list);
        if (Member(json.RootElement, "data") is not { ValueKind: JsonValueKind.Array } data)
        {
            throw new JsonException("Not a list of events.");
        }

        hasMore = Member(json.RootElement, "has_more") is { ValueKind: JsonValueKind.True };
        return [.. data.EnumerateArray().Select(Of).OfType<StripeEventBody>()];
    }

    private static StripeEventBody? Of(JsonElement root) =>
        Word(Member(root, "id")) is { } id && Word(Member(root, "type")) is { } type
            ? new(id, type, Member(root, "livemode") is { ValueKind: JsonValueKind.True }, ObjectOf(root))
            : null;

    private static StripeEventObject? ObjectOf(JsonElement root)
    {
        var about = Member(Member(root, "data"), "object");
        var intent = Member(about, "payment_intent");
        return Word(Member(about, "id")) is { } id && Word(Member(about, "object")) is { } kind
            ? new(kind, id, Word(intent) ?? Word(Member(intent, "id")))
            : null;
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    /// <summary>An id or a type: one word of visible ASCII, which is all that Stripe gives out and all that is stored.</summary>
    private static string? Word(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && IsWord(text.GetRawText()) ? text.GetString() : null;

    // As written, with its quotes: what is escaped is no word of Stripe's.
    private static bool IsWord(string raw) =>
        raw.Length is > 2 and <= LongestWord + 2 && raw.All(letter => letter is > ' ' and < '\x7f' and not '\\');
}
