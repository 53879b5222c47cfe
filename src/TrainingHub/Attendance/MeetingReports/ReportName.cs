using System.Text.RegularExpressions;
using TrainingHub.People;

namespace TrainingHub.Attendance;

/// <summary>
/// How a name in a report is compared with one on the register. Teams adds "(External)" and "[Company]" and may turn it round, "Ames, Alice"; in
/// Zoom the brackets hold the original name, or pronouns. Any of these readings may be the person; all are compared as <see cref="PersonKey"/> does.
/// </summary>
internal static partial class ReportName
{
    private const int ShortestWord = 2;

    /// <summary>The keys by which a name in a report may be found.</summary>
    public static IReadOnlyList<string> KeysIn(string name)
    {
        var plain = Plain(name);
        return [.. new[] { name, plain }.Concat(Brackets().Matches(name).Select(match => match.Value.Trim('(', ')', '[', ']')))
            .Select(reading => reading.Trim()).Where(reading => reading.Length > 0).Select(PersonKey.NameOf).Distinct()];
    }

    /// <summary>The keys of somebody on the register: their names in any turn of their order.</summary>
    public static IReadOnlyList<string> KeysOf(string name)
    {
        var words = name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return [.. Enumerable.Range(0, Math.Max(1, words.Length)).Select(turn => PersonKey.NameOf(string.Concat(words.Skip(turn).Concat(words.Take(turn))))).Distinct()];
    }

    /// <summary>Without what a program put round it.</summary>
    public static string Plain(string name) => Brackets().Replace(name, " ").Trim();

    /// <summary>Whether the two have a word in common, so that an address which several people use is not taken for one of them.</summary>
    public static bool ShareWord(string one, string other) => WordsOf(one).Overlaps(WordsOf(other));

    /// <summary>A telephone that was dialled in with, and no name.</summary>
    public static bool IsNumber(string name) => Number().IsMatch(Plain(name));

    private static HashSet<string> WordsOf(string name) =>
        [.. Splits().Split(name).Where(word => word.Length >= ShortestWord).Select(PersonKey.NameOf)];

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"^\+?[\d\s().*\-]{5,}$")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\s,()\[\]]+")]
    private static partial Regex Splits();
}
