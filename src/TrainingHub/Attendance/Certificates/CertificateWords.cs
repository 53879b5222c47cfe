using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>How certificates are spoken of, on screen, on paper and in emails.</summary>
internal static class CertificateWords
{
    /// <summary>"27 March 2027"; "3, 10 and 17 March 2027" is "3 March 2027, 10 March 2027 and 17 March 2027".</summary>
    public static string Days(IReadOnlyList<DateOnly> days)
    {
        var words = days.Distinct().Select(London.Words).ToList();
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
    }

    /// <summary>"3 hours", "2 hours 30 minutes".</summary>
    public static string Length(int minutes)
    {
        var hours = (minutes / 60) switch { 0 => "", 1 => "1 hour", var many => $"{many} hours" };
        return minutes % 60 == 0 ? hours : $"{hours} {minutes % 60} minutes".TrimStart();
    }

    /// <summary>"7K3M-9QXW-R4TP-2HJN"</summary>
    public static string Code(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    public static string Title(Certificate certificate) => certificate.IsPart ? "Certificate of attendance in part" : "Certificate of attendance";

    /// <summary>What is certified, after the name.</summary>
    public static string Attended(Certificate certificate) => certificate.IsPart ? "attended part of" : "attended";

    public static string Standing(CertificateStanding standing) => standing switch
    {
        CertificateStanding.Valid => "Valid",
        CertificateStanding.Expired => "Expired",
        CertificateStanding.Replaced => "Replaced",
        CertificateStanding.Withdrawn => "Withdrawn",
        CertificateStanding.Forgotten => "Not held any more",
    };

    /// <summary>What became of one that is not in force.</summary>
    public static string Ended(Certificate certificate) => certificate.State switch
    {
        CertificateState.Issued => "In force.",
        CertificateState.Replaced => $"Replaced on {EndedOn(certificate)}.",
        CertificateState.Withdrawn => $"Withdrawn on {EndedOn(certificate)}.",
        CertificateState.NotEarned => $"Ended on {EndedOn(certificate)}, because the register did not count the attendance any more.",
        CertificateState.Forgotten => $"Ended on {EndedOn(certificate)}, because the name is not held any more.",
    };

    private static string EndedOn(Certificate certificate) => certificate.EndedAt is { } at ? London.Words(London.DateOf(at)) : "an unknown day";

    /// <summary>Beside the standing: until when, or that there is no end.</summary>
    public static string Until(Certificate certificate) => certificate.ValidUntil is { } until ? London.Words(until) : "No end date";

    /// <summary>What stands on a certificate, in the order in which it is read.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Certificate certificate)
    {
        yield return (certificate.Days.Length == 1 ? "Date" : "Dates", Days(certificate.Days));
        yield return ("Length of the course", Length(certificate.Minutes));
        if (certificate.IsPart)
        {
            yield return ("Attendance", "For a part of the course");
        }

        if (certificate.Level is { Length: > 0 } level)
        {
            yield return ("Level", level);
        }

        if (certificate.ProviderName is { } provider)
        {
            yield return ("Trainer", provider);
        }

        yield return ("Issued by", certificate.PartnershipName);
        yield return ("Issued on", London.Words(London.DateOf(certificate.IssuedAt)));
        yield return ("Valid until", Until(certificate));
        yield return ("Number", certificate.Number);
    }

    /// <summary>A private link in an email works for a year; who signs in with a code sees every certificate after that too.</summary>
    public static DateTimeOffset LinkEnds(DateTimeOffset now) => now.AddYears(1);
}
