using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.PersonalData;

/// <summary>One kind of thing that is held, as its person may read it.</summary>
/// <param name="Title">"Places on courses".</param>
/// <param name="Rows">Of each what is known: its name and its words; what is not known is left out.</param>
internal sealed record CopySection(string Title, string Why, string Until, IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Rows);

/// <summary>
/// Everything that is held about one person, kind by kind, from one list of statements: for a page to print and as a JSON file. Names and
/// addresses of others in the same bookings are blanked wherever they stand, and the keys of private links are left out; whoever gives
/// it out reads it first, for free text may name somebody whom no record knows.
/// </summary>
internal sealed partial record CopyOfData(IReadOnlyList<CopySection> Sections)
{
    public const string SomebodyElse = "[somebody else]";

    private static readonly string Sql = SqlFile.Read("TrainingHub.PersonalData.Sql.CopyOfData.sql");

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<CopyOfData> ReadAsync(NpgsqlDataSource database, HeldData held, Guid request, RetentionRules retention, CancellationToken ct)
    {
        var others = held.OthersPattern;
        // One moment for all of it.
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var sections = new List<CopySection>();
        foreach (Match part in Parts().Matches(Sql))
        {
            await using var command = new NpgsqlCommand(part.Groups["sql"].Value, connection, transaction);
            held.AddTo(command.Parameters);
            command.Parameters.Add(new NpgsqlParameter<Guid[]>("request", [request]));
            var rows = await ReadAsync(command, text => Blank(others, Token().Replace(text, "private-link-not-shown")), ct);
            if (rows.Count > 0)
            {
                sections.Add(new(part.Groups["title"].Value, part.Groups["why"].Value, Until(part.Groups["until"].Value, retention), rows));
            }
        }

        return new(sections);
    }

    // "{emails}" stands for how long emails are kept and since when, "{emails.period}" for the period alone.
    private static string Until(string words, RetentionRules retention) =>
        Rule().Replace(words, match => match.Groups["period"].Success ? retention.Period(match.Groups["rule"].Value) : retention[match.Groups["rule"].Value]);

    /// <summary>The same for a machine.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        Sections.Select(section => new
        {
            section.Title,
            section.Why,
            HeldFor = section.Until,
            Rows = section.Rows.Select(row => row.ToDictionary(pair => pair.Key, pair => pair.Value)),
        }),
        Json);

    private static string Blank(Regex? others, string text) => others?.Replace(text, SomebodyElse) ?? text;

    private static async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(NpgsqlCommand command, Func<string, string> clean, CancellationToken ct)
    {
        var all = new List<IReadOnlyList<KeyValuePair<string, string>>>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var row = new List<KeyValuePair<string, string>>();
            for (var column = 0; column < rows.FieldCount; column++)
            {
                if (!rows.IsDBNull(column) && Words(rows.GetValue(column)) is { Length: > 0 } words)
                {
                    row.Add(new(rows.GetName(column), clean(words)));
                }
            }

            all.Add(row);
        }

        return all;
    }

    private static string Words(object value) => value switch
    {
        DateTime instant => London.Moment(new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))),
        DateOnly day => London.Words(day),
        bool yes => yes ? "Yes" : "No",
        decimal pounds => pounds.ToString("0.00", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    [GeneratedRegex(@"^--- [^|\n]*\|(?<title>[^|\n]*)\|(?<why>[^|\n]*)\|(?<until>[^\n]*)\n(?<sql>.*?)(?=;\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\{(?<rule>[a-z-]+)(?<period>\.period)?\}")]
    private static partial Regex Rule();

    // The last part of an address that opens something, or the hash that stands for it in an email that was sent.
    [GeneratedRegex(@"(?<=https?://[^\s""<>\\]*/)(?:[A-Za-z0-9_-]{22}|~[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")]
    private static partial Regex Token();
}
