using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TrainingHub.Load.Database;

/// <summary>
/// A pgbench script that does what a journey did, with values of its own each time. Two journeys are compared: what is the same
/// in both is written out, what differs is a <see cref="Marker"/> or was made by the application, and is then made from :n,
/// the same wherever the same pair stood.
/// </summary>
internal sealed partial class PgbenchScript(IReadOnlyList<Marker> markers)
{
    private readonly Dictionary<(string, string), string> made = [];

    /// <param name="first">One journey.</param>
    /// <param name="second">Another, with other values but the same statements.</param>
    /// <param name="preamble">Lines that set the variables of the markers and n.</param>
    public string Write(IReadOnlyList<SentStatement> first, IReadOnlyList<SentStatement> second, string preamble)
    {
        if (first.Count == 0 || !first.Select(one => one.Sql).SequenceEqual(second.Select(one => one.Sql)))
        {
            throw new InvalidOperationException(
                $"Two journeys did not send the same statements:\n{string.Join("\n--\n", first)}\n=====\n{string.Join("\n--\n", second)}");
        }

        var script = new StringBuilder(preamble).Append('\n');
        for (var i = 0; i < first.Count; i++)
        {
            var (a, b) = (first[i].Values, second[i].Values);
            var sql = Parameter().Replace(Quiet(first[i].Sql), found =>
            {
                var index = int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
                return Expression(a[index], b[index]);
            });
            script.Append(sql.TrimEnd().TrimEnd(';')).Append(";\n");
        }

        return script.ToString();
    }

    private string Expression(string? a, string? b)
    {
        if (a is null || b is null)
        {
            return a is null && b is null ? "null" : throw new InvalidOperationException($"“{a}” in one journey, “{b}” in the other.");
        }

        return a == b ? Typed(Literal(a), a) : WithMarkers(a) is { } marked && marked.As == WithMarkers(b)?.As ? Typed(marked.Sql, a) : Made(a, b);
    }

    /// <summary>The text with each marker taken out, and SQL that puts it together again. Null without a marker.</summary>
    private (string As, string Sql)? WithMarkers(string text)
    {
        var found = markers.Where(marker => text.Contains(marker.InFirst, StringComparison.Ordinal) || text.Contains(marker.InSecond, StringComparison.Ordinal)).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var pattern = string.Join('|', found.SelectMany(marker => new[] { marker.InFirst, marker.InSecond }).Select(Regex.Escape));
        var pieces = Regex.Split(text, $"({pattern})").Where(piece => piece.Length > 0)
            .Select(piece => found.Find(marker => piece == marker.InFirst || piece == marker.InSecond)?.Expression ?? Literal(piece)).ToList();
        var joined = string.Join(" || ", pieces);
        return (joined, pieces.Count > 1 ? $"({joined})" : joined);
    }

    /// <summary>What the application made itself: ids, hashes and references must be new each time, anything else stays as it was.</summary>
    private string Made(string a, string b)
    {
        if (made.TryGetValue((a, b), out var known))
        {
            return known;
        }

        var key = $"('m{made.Count}-' || :n::text)";
        var expression = a switch
        {
            _ when Uuid().IsMatch(a) => $"md5{key}::uuid",
            _ when Hash().IsMatch(a) => $"sha256({key}::bytea)",
            _ when a.StartsWith('{') && a.Trim('{', '}').Split(',') is var ids && ids.All(Uuid().IsMatch) =>
                $"array[{string.Join(", ", ids.Select((_, index) => ids.Length == 1 ? $"md5{key}::uuid" : $"md5({key} || '-{index}')::uuid"))}]",
            _ when a.StartsWith('{') && a.Trim('{', '}').Split(',') is var hashes && hashes.All(one => Hash().IsMatch(one.Trim('"').Replace(@"\\", @"\", StringComparison.Ordinal))) =>
                $"array[{string.Join(", ", hashes.Select((_, index) => $"sha256(({key} || '-{index}')::bytea)"))}]",
            _ when Short().IsMatch(a) => $"lpad(:n::text, {a.Length}, 'X')",
            _ => Typed(WithMarkers(a)?.Sql ?? Literal(a), a),
        };
        made[(a, b)] = expression;
        return expression;
    }

    private static string Typed(string sql, string value) => value switch
    {
        _ when Number().IsMatch(value) => value,
        "t" or "f" => sql + "::boolean",
        _ when Uuid().IsMatch(value) => sql + "::uuid",
        _ when Hash().IsMatch(value) => sql + "::bytea",
        _ when Moment().IsMatch(value) => sql + "::timestamptz",
        _ when Day().IsMatch(value) => sql + "::date",
        _ when value.StartsWith('{') && !IsJson(value) => sql + (value.Trim('{', '}').Split(',').All(one => Uuid().IsMatch(one)) ? "::uuid[]" : "::text[]"),
        _ => sql,
    };

    private static bool IsJson(string value)
    {
        try
        {
            JsonDocument.Parse(value).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // pgbench takes a colon for a variable, wherever it stands.
    private static string Literal(string value) =>
        "E'" + value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal).Replace(":", @"\x3a", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal) + "'";

    private static string Quiet(string sql) => SqlComment().Replace(sql, "");

    [GeneratedRegex(@"\$(\d+)\b")]
    private static partial Regex Parameter();

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^\\x[0-9a-f]*$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Moment();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^-?\d{1,9}$")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Z0-9]{8,12}$")]
    private static partial Regex Short();

    [GeneratedRegex(@"^--.*\n", RegexOptions.Multiline)]
    private static partial Regex SqlComment();
}
