namespace TrainingHub.Attendance;

/// <summary>Who gets a certificate by itself. By hand staff issue one to anybody whose attendance counts.</summary>
internal enum CertificatesFor
{
    /// <summary>Whoever came, for all or part of the course; a certificate for part says so.</summary>
    Everybody,

    /// <summary>Only who came for all of it.</summary>
    WholeCourse,
    Nobody,
}

/// <summary>Settings under <c>Certificates</c>.</summary>
internal sealed class CertificateOptions
{
    public const string Section = "Certificates";
    public const int MostDaysAfter = 30;
    public const int MostDaysBefore = 365;

    /// <summary>Nobody is sent a certificate for a course of last year because an old register was put right; staff can issue it.</summary>
    public const int DaysBack = 90;

    /// <summary>
    /// No certificate waits longer after its course, whatever becomes of the evaluation: it is asked within 14 days and answered within 28 more.
    /// </summary>
    public const int MostWaitDays = 45;

    /// <summary>From then on, in London, Surveys looks each day at those that wait. Not at once: a certificate that comes a minute after an answer says whose it is.</summary>
    public static readonly TimeOnly LookHour = new(8, 0);

    public const string Wrong = "Certificates:DaysAfter must be from 0 to 30, Certificates:RemindDaysBefore from 0 to 365.";

    public CertificatesFor For { get; init; }

    /// <summary>Days between the last meeting and the certificate, so that the register is right by then.</summary>
    public int DaysAfter { get; init; } = 1;

    /// <summary>Whether one that would come by itself waits until its holder has said how the course was; off unless it is switched on.</summary>
    public bool WaitForEvaluation { get; init; }

    /// <summary>Days before a certificate ends at which its person is reminded; 0 reminds nobody.</summary>
    public int RemindDaysBefore { get; init; } = 60;

    public bool IsValid => DaysAfter is >= 0 and <= MostDaysAfter && RemindDaysBefore is >= 0 and <= MostDaysBefore;

    /// <summary>Whether the certificate of a course may wait now.</summary>
    public bool MayWait(DateTimeOffset endsAt, DateTimeOffset now) => WaitForEvaluation && endsAt > now.AddDays(-MostWaitDays);

    /// <summary>Whether one attendance gets a certificate by itself, whenever.</summary>
    public bool Covers(bool isPart) => For switch
    {
        CertificatesFor.Everybody => true,
        CertificatesFor.WholeCourse => !isPart,
        CertificatesFor.Nobody => false,
    };
}
