using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal;

/// <summary>Addresses of this room, without the host.</summary>
internal static class PortalUrls
{
    /// <summary>Where everything begins that only an address opens.</summary>
    public const string Root = "/my/";

    public const string SignIn = SignedInAddress.SignInPath;
    public const string Bookings = "/my/bookings";
    public const string Training = "/my/training";
    public const string SignOut = "/my/sign-out";

    public static string Code(Guid asked) => $"{SignIn}/{asked}";

    public static string TrainingOf(Guid person) => $"/my/training/{person}";

    public static string Organisation(Guid id) => $"/my/organisations/{id}";

    public static string Certificates(Guid organisation) => $"/my/organisations/{organisation}/certificates";

    public static string Evidence(Guid organisation) => $"/my/organisations/{organisation}/evidence";

    public static string Needs(Guid organisation) => $"/my/organisations/{organisation}/training-needs";

    public static string Statement(Guid organisation) => $"/my/organisations/{organisation}/statement";

    public static string StatementFile(Guid organisation) => $"/my/organisations/{organisation}/statement?file=pdf";

    public static string OrganisationYear(Guid id, FinancialYear year) => $"/my/organisations/{id}?year={year}";

    public static string SignInFor(string path) => $"{SignIn}?to={Uri.EscapeDataString(path)}";
}
