using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Email;

/// <summary>
/// An .eml file that <see cref="FileEmailTransport"/> wrote, read back. It knows only what that writes: two parts, UTF-8,
/// quoted-printable.
/// </summary>
/// <param name="Headers">In their order, decoded.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
internal sealed partial record StoredEmail(IReadOnlyList<KeyValuePair<string, string>> Headers, string Text, string Html)
{
    /// <summary>The header's value, or an empty string.</summary>
    public string this[string name] =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <exception cref="FormatException">It is not such a file.</exception>
    public static StoredEmail Parse(string file)
    {
        var (headers, body) = Split(file);
        var whole = new StoredEmail(headers, "", "");
        var boundary = Boundary().Match(whole["Content-Type"]);
        if (!boundary.Success)
        {
            throw new FormatException("The email has no parts.");
        }

        var parts = body.Split("--" + boundary.Groups[1].Value).Skip(1).Where(part => !part.StartsWith("--", StringComparison.Ordinal));
        foreach (var (partHeaders, content) in parts.Select(part => Split(part.TrimStart('\r', '\n'))))
        {
            // The line break before a boundary belongs to the boundary (RFC 2046 5.1.1).
            var part = new StoredEmail(partHeaders, "", "");
            var own = content.EndsWith('\n') ? content[..^1] : content;
            var decoded = QuotedPrintable(SoftBreak().Replace(own, "")).ReplaceLineEndings("\n");
            whole = part["Content-Type"].StartsWith("text/html", StringComparison.Ordinal)
                ? whole with { Html = decoded }
                : whole with { Text = decoded };
        }

        return whole;
    }

    private static (List<KeyValuePair<string, string>> Headers, string Body) Split(string entity)
    {
        var lines = entity.ReplaceLineEndings("\n");
        var end = lines.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException("The email has no body.");
        }

        var headers = Fold().Replace(lines[..end], " ").Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(line => line.Length == 2)
            .Select(line => KeyValuePair.Create(line[0], Words().Replace(line[1].Trim(), Decoded)));
        return ([.. headers], lines[(end + 2)..]);
    }

    // RFC 2047: =?utf-8?B?…?= or =?utf-8?Q?…?=; the space between two of them means nothing.
    private static string Decoded(Match word)
    {
        var content = word.Groups[2].Value;
        return word.Groups[1].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(content))
            : QuotedPrintable(content.Replace('_', ' '));
    }

    private static string QuotedPrintable(string content)
    {
        var bytes = new List<byte>(content.Length);
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '=' && i + 2 < content.Length
                && byte.TryParse(content.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)content[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex("boundary=\"?([^\";]+)\"?")]
    private static partial Regex Boundary();

    [GeneratedRegex("\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex("=\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=(?:\s+(?==\?))?", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
