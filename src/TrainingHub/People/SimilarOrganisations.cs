using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>
/// Organisations that may be one, by their names alone: "St Mary's Primary School", "St. Marys C of E Primary" and "Saint Mary's School".
/// Left out of a name is what many have ("school", "primary", "C of E", "Ltd"); what is left is compared whatever its order and accents,
/// and in a long word one letter may differ. It only proposes; a person decides.
/// </summary>
internal static class SimilarOrganisations
{
    public const int MostGroups = 50;
    private const int LongEnoughForATypo = 7;

    private static readonly HashSet<string> Common =
    [
        "the", "of", "and", "at", "in", "for", "ltd", "limited", "cic", "plc", "c", "e", "ce", "cofe", "rc", "vc", "va", "church", "england",
        "catholic", "school", "schools", "primary", "academy", "college", "group", "team", "service", "services", "trust",
    ];

    internal sealed record Known(Guid Id, string Name);

    /// <returns>Groups of two and more, in the order of their names.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Known>>> FindAsync(TrainingHubDb db, CancellationToken ct) =>
        Groups(await db.Organisations.AsNoTracking().Where(one => one.MergedIntoId == null).OrderBy(one => one.Name).Select(one => new Known(one.Id, one.Name)).ToListAsync(ct));

    public static IReadOnlyList<IReadOnlyList<Known>> Groups(IEnumerable<Known> all)
    {
        var byCore = all.GroupBy(one => CoreOf(one.Name)).Where(group => group.Key.Length > 0).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        List<List<Known>> groups = [];
        var before = "";
        foreach (var group in byCore)
        {
            if (groups.Count > 0 && MayBeATypo(before, group.Key))
            {
                groups[^1].AddRange(group);
            }
            else
            {
                groups.Add([.. group]);
            }

            before = group.Key;
        }

        return [.. groups.Where(group => group.Count > 1).OrderBy(group => group[0].Name, StringComparer.OrdinalIgnoreCase).Take(MostGroups)];
    }

    /// <summary>What tells it from others: its own words, folded and in order.</summary>
    public static string CoreOf(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’' or '‘' or '.'))
            {
                plain.Append(' ');
            }
        }

        var words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word == "saint" ? "st" : word)
            .Where(word => !Common.Contains(word))
            .Order(StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    /// <summary>All words are the same but one, which is long and differs by a letter: short names that differ by one are often two.</summary>
    private static bool MayBeATypo(string one, string other)
    {
        var (left, right) = (one.Split(' '), other.Split(' '));
        var (ofLeft, ofRight) = (left.Except(right).ToList(), right.Except(left).ToList());
        return left.Length == right.Length && ofLeft is [{ Length: >= LongEnoughForATypo } word] && ofRight is [{ Length: >= LongEnoughForATypo } its] && IsOneLetterAway(word, its);
    }

    private static bool IsOneLetterAway(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1)
        {
            return false;
        }

        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same])
        {
            same++;
        }

        var left = one.AsSpan(same);
        var right = other.AsSpan(same);
        return one.Length == other.Length
            ? left.IsEmpty || left[1..].SequenceEqual(right[1..])
            : one.Length > other.Length ? left[1..].SequenceEqual(right) : left.SequenceEqual(right[1..]);
    }
}
