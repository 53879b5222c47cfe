namespace TrainingHub.Emails;

/// <summary>Another course that the same message asks the same person about.</summary>
/// <param name="Course">The course's name.</param>
/// <param name="AttendedOn">Such as "27 March 2027".</param>
/// <param name="SurveyUrl">The private link.</param>
/// <param name="ClosesOn">The last day, such as "8 August 2027".</param>
/// <param name="CertificateWaits">Whether the certificate of this course comes once it is answered.</param>
public sealed record SurveyAsk(string Course, string AttendedOn, string SurveyUrl, string ClosesOn, bool CertificateWaits = false)
{
    /// <summary>"Neglect on 27 March 2027"; of several "Neglect (27 March 2027) and Domestic Abuse (2 April 2027)".</summary>
    internal static string Words(IReadOnlyList<SurveyAsk> asked) => asked is [var one]
        ? $"{one.Course} on {one.AttendedOn}"
        : string.Join(", ", asked.SkipLast(1).Select(Short)) + " and " + Short(asked[^1]);

    private static string Short(SurveyAsk ask) => $"{ask.Course} ({ask.AttendedOn})";
}
