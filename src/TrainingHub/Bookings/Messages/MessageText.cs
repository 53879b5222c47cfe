using System.Text.RegularExpressions;

namespace TrainingHub.Bookings;

/// <summary>A fact about each reader that staff can write in braces.</summary>
/// <param name="Name">As it stands between the braces.</param>
/// <param name="Words">What it becomes.</param>
/// <param name="For">Who may see it.</param>
internal sealed record MessageField(string Name, string Words, params MessageAudience[] For)
{
    private static readonly MessageAudience[] Everybody = Enum.GetValues<MessageAudience>();

    public const string JoiningLink = "joining link";
    public const string Page = "page";

    public static readonly IReadOnlyList<MessageField> All =
    [
        new("name", "their name", Everybody),
        new("course", "the course", Everybody),
        new("date", "the day, such as Saturday 6 February 2027", Everybody),
        new("time", "from when to when", Everybody),
        new("venue", "the venue with its address, or “Online”", Everybody),
        new("booking", "the booking’s reference", MessageAudience.Delegates, MessageAudience.Bookers),
        new(JoiningLink, "the link to join online", MessageAudience.Delegates),
        new(Page, "a private link to their own page of the place, or to the booking", MessageAudience.Delegates, MessageAudience.Bookers),
    ];

    public static IEnumerable<MessageField> Of(MessageAudience audience) => All.Where(field => field.For.Contains(audience));
}

/// <summary>The words of a message with fields such as {name} in them.</summary>
internal static partial class MessageText
{
    /// <summary>The fields that it names, in lower case, each once.</summary>
    public static IReadOnlyList<string> FieldsIn(string text) => [.. Field().Matches(text).Select(NameOf).Distinct()];

    /// <summary>What keeps the text from being sent to these readers, in words; null is nothing.</summary>
    public static string? WhyNot(string text, MessageAudience audience)
    {
        if (Stray().IsMatch(Field().Replace(text, "")))
        {
            return "There is a brace, { or }, without its other half. Braces are for fields only";
        }

        var unknown = FieldsIn(text).Where(name => MessageField.All.All(field => field.Name != name)).ToList();
        if (unknown.Count > 0)
        {
            return $"There is no field {List(unknown)}. There are {List(MessageField.Of(audience).Select(field => field.Name))}";
        }

        var hidden = FieldsIn(text).Where(name => MessageField.Of(audience).All(field => field.Name != name)).ToList();
        return hidden.Count > 0 ? $"{List(hidden)} cannot be told to these readers. Leave it out" : null;
    }

    /// <summary>Throws for a field that has no value: the text was not looked at.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Field().Replace(text, found => values[NameOf(found)]);

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{{{name}}}"));

    private static string NameOf(Match found) => string.Join(' ', found.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    [GeneratedRegex(@"\{([^{}\n]*)\}")]
    private static partial Regex Field();

    [GeneratedRegex("[{}]")]
    private static partial Regex Stray();
}
