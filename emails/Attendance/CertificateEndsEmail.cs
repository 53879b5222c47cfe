namespace TrainingHub.Emails;

/// <summary>A course whose certificate ends.</summary>
/// <param name="Course">Its name.</param>
/// <param name="ValidUntil">The last day, such as "8 August 2030".</param>
/// <param name="Url">Where its dates are.</param>
public sealed record CertificateToRenew(string Course, string ValidUntil, string Url);

/// <summary>To whom a certificate ends soon.</summary>
/// <param name="Name">Whose they are.</param>
/// <param name="Courses">At least one.</param>
/// <param name="StopUrl">Stops reminders of this kind for this person, and only these.</param>
public sealed record CertificateEndsEmail(string Name, IReadOnlyList<CertificateToRenew> Courses, string StopUrl) : IEmailMessage
{
    public string Subject => $"{Name}, {Kept}";

    public string KeptSubject => char.ToUpperInvariant(Kept[0]) + Kept[1..];

    public string? UnsubscribeUrl => StopUrl;

    private string Kept => Courses is [var one] ? $"your certificate ends on {one.ValidUntil}: {one.Course}" : $"{Courses.Count} of your certificates end soon";
}
