using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace TrainingHub.Platform.Email;

/// <summary>
/// What a mail server means by its refusal. RFC 5321 4.2.1: 4xx may pass, 5xx is final; RFC 3463: x.7.x is about permission. 500 to
/// 504 are about our own dialogue, 530 to 538 about our sign-in, and a refused sender is always us: they would meet every email alike
/// and must not fail them all.
/// </summary>
internal static partial class SmtpRefusal
{
    public static DeliveryOutcome Meaning(SmtpCommandException refusal) => (int)refusal.StatusCode switch
    {
        >= 500 and < 600 when DeniesOurSender().IsMatch(refusal.Message) => DeliveryOutcome.RefusesUs,
        421 or 454 or (>= 500 and <= 504) => DeliveryOutcome.Unreachable,
        >= 400 and < 500 => DeliveryOutcome.Deferred,
        >= 530 and <= 538 => DeliveryOutcome.RefusesUs,
        // 552 to the sender: the message is too large.
        not 552 and >= 500 and < 600 when refusal.ErrorCode == SmtpErrorCode.SenderNotAccepted => DeliveryOutcome.RefusesUs,
        >= 500 and < 600 when refusal.ErrorCode == SmtpErrorCode.RecipientNotAccepted => OfRecipient(refusal),
        >= 500 and < 600 => DeliveryOutcome.Refused,
        _ => DeliveryOutcome.Unreachable,
    };

    private static DeliveryOutcome OfRecipient(SmtpCommandException refusal)
    {
        if (NamesUs().IsMatch(refusal.Message))
        {
            return DeliveryOutcome.RefusesUs;
        }

        if (IsAboutPermission().IsMatch(refusal.Message))
        {
            return DeliveryOutcome.RefusesUsOrThem;
        }

        return (int)refusal.StatusCode is 550 or 551 or 553 ? DeliveryOutcome.Bounced : DeliveryOutcome.Refused;
    }

    // Relaying and signing in are nobody's but ours. The numbers are Exchange Online's for a client that may not send (learn.microsoft.com, 2026-11).
    [GeneratedRegex(@"\brelay|authenticat|\b5\.7\.(3|8|9|14|30|57|64|139)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NamesUs();

    // Exchange Online says so only after it has the whole message.
    [GeneratedRegex(@"\bSendAsDenied|\b5\.2\.252\b|\b5\.7\.60\b", RegexOptions.IgnoreCase)]
    private static partial Regex DeniesOurSender();

    [GeneratedRegex(@"\b5\.7\.\d")]
    private static partial Regex IsAboutPermission();
}
