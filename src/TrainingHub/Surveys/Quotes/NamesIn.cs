using System.Text.RegularExpressions;

namespace TrainingHub.Surveys;

/// <summary>
/// Words of a text by which somebody may be known: what looks like a name, and what describes few. A hint for whoever edits it, no more: a
/// name that begins a sentence looks like any other word.
/// </summary>
internal static partial class NamesIn
{
    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Level", "Teams", "Zoom", "Ofsted", "Christmas", "Easter",
        "We", "He", "She", "They", "It", "You", "My", "Our", "The", "This", "That", "There", "Since", "After", "Before", "When", "If", "And", "But", "So", "In", "As", "Now", "Staff", "Yes", "No",
    };

    /// <summary>In the order in which they stand, each once.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [.. Capitalised().Matches(text).Where(match => !BeginsSentence(text, match.Index) && !NoNames.Contains(match.Value))
            .Concat(Describing().Matches(text)).OrderBy(match => match.Index).Select(match => match.Value.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool BeginsSentence(string text, int at)
    {
        var before = text[..at].TrimEnd(' ', '\t', '"', '“', '‘', '\'', '(');
        return before.Length == 0 || before[^1] is '.' or '!' or '?' or '\n' or ':' or '•' or '-' or '–';
    }

    // Upper case alone is an abbreviation: DSL, LADO.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])\p{Lu}[\p{L}’']*\p{Ll}[\p{L}’'-]*")]
    private static partial Regex Capitalised();

    [GeneratedRegex(
        @"\S+@\S+|\+?\d[\d ]{8,}\d|\b\d{1,2}[- ]?(?:year|yr|month|week)s?[- ]?old\b|\baged? \d{1,2}\b|\b(?:year|reception|class) \d{1,2}\b|\b(?:twins?|triplets|foster(?:ed)?|adopted|refugee|traveller|autis\w+|disab\w+|deaf|blind|wheelchair|pregnant|brother|sister|son|daughter|grand\w+|step\w+|uncle|aunt|cousin|headteacher|vicar|priest|imam|coach|village|street|road|estate|church|mosque|temple|nursery|school|academy|club)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Describing();
}
