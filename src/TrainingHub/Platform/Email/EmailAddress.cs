using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace TrainingHub.Platform.Email;

/// <summary>What counts as an email address, for forms, imports and the outbox alike.</summary>
internal static class EmailAddress
{
    /// <summary>The longest path that SMTP carries (RFC 5321 4.5.3.1.3, without its brackets).</summary>
    public const int MaxLength = 254;

    // What is left behind when an address is copied out of a sentence or a list.
    private static readonly char[] AtTheEnd = ['.', ',', ';', ' '];

    /// <summary>
    /// Whether the text is one bare address. <see cref="MailAddress"/> alone also takes "A B &lt;a@x.org&gt;", " a@x.org "
    /// and "a@x.org, b@y.org", so the parsed address must equal the text. A mailbox name outside ASCII is refused,
    /// because few mail servers take it.
    /// </summary>
    public static bool IsValid(string? text) =>
        text is { Length: <= MaxLength }
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && Ascii(address.User)
        && Domain(address.Host);

    /// <summary>
    /// An address as it was meant, from one that was typed or pasted. What nobody can see goes: zero-width characters, soft hyphens
    /// and spaces other than the plain one, wherever they are; plain spaces, line ends and full stops at the ends. A curly apostrophe
    /// becomes a straight one. A plain space or a line end in the middle stays, because it may part two addresses: that is refused.
    /// </summary>
    public static string Clean(string typed)
    {
        var kept = new StringBuilder(typed.Length);
        foreach (var letter in typed.Trim())
        {
            if (IsApostrophe(letter))
            {
                kept.Append('\'');
            }
            else if (!IsUnseen(letter))
            {
                kept.Append(letter);
            }
        }

        return kept.ToString().Trim().TrimEnd(AtTheEnd);
    }

    /// <summary>By which two spellings of one address are known to be the same.</summary>
    public static string KeyOf(string address) => address.Trim().ToLowerInvariant();

    /// <summary>Where an address leads: many providers deliver "name+anything@" to "name@".</summary>
    public static string MailboxOf(string address)
    {
        var key = KeyOf(address);
        var (plus, at) = (key.IndexOf('+', StringComparison.Ordinal), key.LastIndexOf('@'));
        return plus > 0 && at > plus ? string.Concat(key.AsSpan(0, plus), key.AsSpan(at)) : key;
    }

    private static bool IsApostrophe(char letter) => letter is '\u2018' or '\u2019' or '\u201B' or '\u02BC' or '\u2032' or '\uFF07';

    private static bool IsUnseen(char letter) => letter != ' '
        && char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.SpaceSeparator;

    private static bool Ascii(string user) => user.All(letter => letter is > ' ' and < '\x7f');

    private static bool Domain(string host) =>
        host.Contains('.', StringComparison.Ordinal) && !host.EndsWith('.') && Uri.CheckHostName(host) == UriHostNameType.Dns;
}
