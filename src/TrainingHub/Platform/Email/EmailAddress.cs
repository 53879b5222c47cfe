using System.Net.Mail;

namespace TrainingHub.Platform.Email;

/// <summary>What counts as an email address, for forms, imports and the outbox alike.</summary>
internal static class EmailAddress
{
    /// <summary>The longest path that SMTP carries (RFC 5321 4.5.3.1.3, without its brackets).</summary>
    public const int MaxLength = 254;

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

    private static bool Ascii(string user) => user.All(letter => letter is > ' ' and < '\x7f');

    private static bool Domain(string host) =>
        host.Contains('.', StringComparison.Ordinal) && !host.EndsWith('.') && Uri.CheckHostName(host) == UriHostNameType.Dns;
}
