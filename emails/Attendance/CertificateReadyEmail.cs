namespace TrainingHub.Emails;

/// <summary>To a delegate who attended: their certificate is there.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Course">The course's name.</param>
/// <param name="AttendedOn">Such as "27 March 2027", or several days.</param>
/// <param name="CertificateUrl">The private link.</param>
/// <param name="IsAgain">Whether it stands for one that they had before.</param>
public sealed record CertificateReadyEmail(string Name, string Course, string AttendedOn, string CertificateUrl, bool IsAgain) : IEmailMessage
{
    public string Subject => $"{Name}, {Kept}";

    public string KeptSubject => char.ToUpperInvariant(Kept[0]) + Kept[1..];

    private string Kept => IsAgain ? $"your certificate has been replaced: {Course}" : $"your certificate is ready: {Course}";
}
