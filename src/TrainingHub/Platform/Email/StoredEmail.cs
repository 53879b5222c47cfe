using MimeKit;

namespace TrainingHub.Platform.Email;

/// <summary>An .eml file read back.</summary>
/// <param name="Headers">In their order, decoded.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
internal sealed record StoredEmail(IReadOnlyList<KeyValuePair<string, string>> Headers, string Text, string Html)
{
    /// <summary>The header's value, or an empty string.</summary>
    public string this[string name] =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <exception cref="FormatException">It is no email.</exception>
    public static async Task<StoredEmail> ReadAsync(Stream file, CancellationToken ct)
    {
        using var message = await MimeMessage.LoadAsync(file, ct);
        return new StoredEmail(
            [.. message.Headers.Select(header => KeyValuePair.Create(header.Field, header.Value))],
            Lines(message.TextBody),
            Lines(message.HtmlBody));
    }

    private static string Lines(string? part) => (part ?? "").ReplaceLineEndings("\n");
}
