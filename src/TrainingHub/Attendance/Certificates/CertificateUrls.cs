using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Addresses of certificates and badges, without the host.</summary>
internal static class CertificateUrls
{
    /// <summary>Where anybody checks one.</summary>
    public const string Check = "/certificates";

    public const string Staff = "/staff/certificates";

    /// <summary>Who issues badges, and by which keys they are verified. Both stay where they are: they stand in badges.</summary>
    public const string Issuer = "/badges/issuer";
    public const string Keys = "/badges/keys";

    public static string CheckOf(string code) => $"{Check}/{code}";

    /// <summary>The holder's own page.</summary>
    public static string Page(Guid id) => $"/certificate/{id}";

    public static string Pdf(Guid id) => $"{Page(id)}?file=pdf";

    public static string Badge(Guid id) => $"{Page(id)}?file=badge";

    /// <summary>In emails.</summary>
    public static string Link(SecretToken token) => $"/certificate/open/{token.Value}";

    public static string Stop(SecretToken token) => $"/certificate/stop/{token.Value}";

    public static string StaffPage(Guid id) => $"{Staff}/{id}";

    public static string StaffPdf(Guid id) => $"{StaffPage(id)}?file=pdf";

    public static string Withdraw(Guid id) => $"{StaffPage(id)}/withdraw";

    /// <summary>Those of one date.</summary>
    public static string OfRun(Guid run) => $"{Staff}?run={run}";

    /// <summary>Issues the ones that are missing on a date.</summary>
    public static string Issue(Guid run) => $"/staff/dates/{run}/certificates";

    public static string Key(string id) => $"{Keys}/{id}";
}
