using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace TrainingHub.Platform.Email;

/// <summary>
/// What a report of a mail server says (RFC 3464: multipart/report of delivery-status). By which email it is about only its own returned
/// headers count, where our Message-ID stands; never a subject.
/// </summary>
/// <param name="EmailId">The row that the returned Message-ID names.</param>
/// <param name="Key">By which the same report is known again.</param>
/// <param name="Verdict">For how long it failed.</param>
/// <param name="Recipients">Whom it failed for; empty when the report does not say.</param>
/// <param name="Answer">The number and the words of the answer, in one line.</param>
internal sealed partial record BounceReport(Guid EmailId, byte[] Key, BounceVerdict Verdict, IReadOnlyList<string> Recipients, string Answer)
{
    private const int AnswerLength = 400;

    /// <summary>Null when the message is no such report, or about no message of ours.</summary>
    public static BounceReport? Of(MimeMessage message)
    {
        if (message.Body is not MultipartReport { ReportType: { } type } report || !type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase)
            || report.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status
            || report.OfType<MessagePart>().FirstOrDefault()?.Message?.Headers is not { } returned
            || EmailOf(returned[HeaderId.MessageId]) is not { } email)
        {
            return null;
        }

        // The first group is about the report itself.
        var people = status.StatusGroups.Skip(1).ToList();
        var failed = people.Where(person => Has(person, "Action", "failed")).ToList();
        var said = failed.Count > 0 ? failed[0] : people.FirstOrDefault();
        var number = said is null ? "" : StatusNumber().Match(said["Status"] ?? "").Value;
        return new(
            email,
            SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId ?? $"{returned[HeaderId.MessageId]} {message.Date:O} {number}")),
            failed.Count == 0 ? BounceVerdict.Delayed : VerdictOf(number),
            [.. failed.SelectMany(person => new[] { person["Original-Recipient"], person["Final-Recipient"] }).Select(AddressOf).OfType<string>().Distinct()],
            Line(Words(said?["Diagnostic-Code"]), number));
    }

    /// <summary>A number of RFC 3463, "5.1.1", wherever it stands.</summary>
    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")]
    internal static partial Regex StatusNumber();

    private static Guid? EmailOf(string? messageId) =>
        messageId is { } text && Ours().Match(text) is { Success: true } found && Guid.TryParseExact(found.Groups[1].Value, "N", out var id) ? id : null;

    private static bool Has(HeaderList person, string header, string value) =>
        person[header] is { } text && text.Trim().Equals(value, StringComparison.OrdinalIgnoreCase);

    // About permission, a full mailbox, size or content the mailbox is there.
    private static BounceVerdict VerdictOf(string number) =>
        number.StartsWith('4') ? BounceVerdict.GivenUp : number.Length == 0 || Other().IsMatch(number) ? BounceVerdict.Refused : BounceVerdict.NoMailbox;

    // "rfc822; a@example.org", "rfc822;<a@example.org>"
    private static string? AddressOf(string? typed) =>
        typed?[(typed.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>') is { Length: > 0 } address ? EmailAddress.MailboxOf(address) : null;

    private static string Words(string? diagnostic) => diagnostic is null ? "" : diagnostic[(diagnostic.IndexOf(';', StringComparison.Ordinal) + 1)..];

    private static string Line(string words, string number)
    {
        var line = OutgoingEmail.OneLine(words.Contains(number, StringComparison.Ordinal) ? words : $"{number} {words}");
        return line.Length > AnswerLength ? line[..AnswerLength] : line;
    }

    [GeneratedRegex(@"^\s*<?([0-9a-f]{32})@[^\s@]+>?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Ours();

    // 5.4.x: the network, except that the domain or the recipient does not exist (5.4.1, 5.4.4, and Exchange Online's 5.4.310).
    [GeneratedRegex(@"^5\.(?:[367]\.|2\.[234]$|4\.(?:0|2|3|5|6|7|14|300)$)")]
    private static partial Regex Other();
}

/// <summary>
/// Delayed: it is still tried. GivenUp: tried for days, the mailbox may be there. Refused: the mailbox is there, or may be, and does not
/// take this. NoMailbox: there is none.
/// </summary>
internal enum BounceVerdict
{
    Delayed,
    GivenUp,
    Refused,
    NoMailbox,
}
