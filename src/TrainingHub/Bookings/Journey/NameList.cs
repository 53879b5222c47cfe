using System.Text.RegularExpressions;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>One entry of a pasted list: what was understood, or why it was not taken.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Typed">As it stands there.</param>
/// <param name="Name"></param>
/// <param name="Email">Null when the line has none.</param>
/// <param name="WhyNot">Null when it was taken.</param>
internal sealed record NameListEntry(int Line, string Typed, string? Name, string? Email, string? WhyNot)
{
    public PersonKey? Key => Name is not null && Email is not null ? PersonKey.Of(Email, Name) : null;
}

/// <summary>
/// Reads a list of people as it is pasted from an email, a document or a spreadsheet: one to a line, as "Name, address", "Name &lt;address&gt;", cells
/// parted by tabs, or a name alone; several to a line when semicolons part them, as in mail programs. A heading, numbers and bullets before
/// names are passed over, and so is every cell that is neither a name nor an address.
/// </summary>
internal static partial class NameList
{
    /// <summary>Thirty long lines are far below it.</summary>
    public const int MaxLength = 12_000;

    /// <param name="text">As pasted.</param>
    /// <param name="addressForOthers">The address of those whose line has none; null when there is none.</param>
    /// <param name="known">Who is on the order already: not taken again.</param>
    /// <param name="room">How many more people may be added.</param>
    public static IReadOnlyList<NameListEntry> Read(string text, string? addressForOthers, IEnumerable<PersonKey> known, int room)
    {
        var seen = known.ToHashSet();
        var entries = new List<NameListEntry>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i == FirstFilled(lines) && IsHeading(lines[i]))
            {
                continue;
            }

            foreach (var part in Parts(lines[i]))
            {
                var entry = Judge(ReadOne(i + 1, part, addressForOthers), seen, room - entries.Count(one => one.WhyNot is null));
                entries.Add(entry);
                if (entry is { WhyNot: null, Key: { } key })
                {
                    seen.Add(key);
                }
            }
        }

        return entries;
    }

    private static NameListEntry Judge(NameListEntry entry, HashSet<PersonKey> seen, int room) => entry switch
    {
        { WhyNot: not null } => entry,
        { Key: { } key } when seen.Contains(key) => entry with { WhyNot = $"{entry.Name} is on your list already with this address. Delete the line" },
        _ when room <= 0 => entry with { WhyNot = $"An order is for up to {Booking.MaxDelegates} people. Make another booking for the rest" },
        _ => entry,
    };

    private static NameListEntry ReadOne(int line, string typed, string? addressForOthers)
    {
        var (name, email) = Split(Bullet().Replace(typed, ""));
        name = PlainName.Fold(name.Trim(' ', ',', ';', '"', '\t', '\''));
        var address = email is null ? addressForOthers : EmailAddress.Clean(email);
        var whyNot = name switch
        {
            "" => "The line has no name",
            { Length: > Person.NameLength } => $"The name is longer than {Person.NameLength} characters",
            _ when !name.Any(char.IsLetter) => "The line has no name",
            _ when PlainName.HasAddress(name) => "We cannot tell the name from the address. Write it as: Name, address",
            _ when address is not null && !EmailAddress.IsValid(address) => $"{address} is not an email address in the correct format",
            _ => null,
        };
        return new(line, typed.Trim(), name, address, whyNot);
    }

    /// <summary>The name and the address of one entry, as they stand there.</summary>
    private static (string Name, string? Email) Split(string entry)
    {
        if (Bracketed().Match(entry) is { Success: true } bracketed)
        {
            return (Turned(bracketed.Groups["name"].Value), bracketed.Groups["email"].Value);
        }

        var cells = entry.Split(entry.Contains('\t', StringComparison.Ordinal) ? '\t' : ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        var email = cells.Find(cell => cell.Contains('@', StringComparison.Ordinal));
        if (email is null)
        {
            return (NameOf(cells), null);
        }

        cells.Remove(email);
        if (cells.Count > 0 || !email.Contains(' ', StringComparison.Ordinal))
        {
            return (NameOf(cells), email);
        }

        // "Ann Lee ann@x.org", with nothing between.
        var words = email.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var address = words.Find(word => word.Contains('@', StringComparison.Ordinal)) ?? "";
        words.Remove(address);
        return (string.Join(' ', words), address);
    }

    // A first name and a surname in cells of their own; a cell with both is the name, and what follows is something else.
    private static string NameOf(List<string> cells) => cells switch
    {
        [] => "",
        [var one] => one,
        [var first, var second, ..] => first.Contains(' ', StringComparison.Ordinal) ? first : $"{first} {second}",
    };

    // "Lee, Ann", as mail programs write it.
    private static string Turned(string name) => name.Trim(' ', '"', '\'').Split(',', StringSplitOptions.TrimEntries) switch
    {
        [var last, var first] when first.Length > 0 => $"{first} {last}",
        _ => name,
    };

    private static IEnumerable<string> Parts(string line) => line.Split(';').Where(part => !string.IsNullOrWhiteSpace(part));

    private static int FirstFilled(string[] lines) => Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));

    private static bool IsHeading(string line) => !line.Contains('@', StringComparison.Ordinal) && Heading().IsMatch(line);

    [GeneratedRegex(@"^\s*(\d{1,3}[.)]|[-*•–])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(?<name>[^<]*)<\s*(?<email>[^<>]*)>?[\s,]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^\W*(full name|name|first name|surname|delegate|delegates|e-?mail( address)?)\W*([\t,]|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Heading();
}
