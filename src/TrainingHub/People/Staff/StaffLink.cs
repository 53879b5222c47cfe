using System.Security.Cryptography;
using System.Text;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>
/// The link in an email by which a member of staff chooses a password. It opens the account as it is: once the password is chosen, or another
/// link was sent, the stamp of the account is another one and nothing that was sent before opens anything.
/// </summary>
internal static class StaffLink
{
    public const string Purpose = "staff-password";

    public static string Page(Guid user) => $"/choose-password/{user}";

    /// <summary>The subject of the link.</summary>
    public static Guid SubjectOf(StaffUser user) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id:N}\n{user.SecurityStamp}\n{Purpose}")).AsSpan(0, 16));

    /// <summary>A new link, saved with the next change.</summary>
    /// <returns>Its address, which is told nowhere else, and until when it opens, in words.</returns>
    public static (string Url, string Until) Issue(TrainingHubDb db, StaffUser user, SiteOptions site, DateTimeOffset now)
    {
        var until = now + StaffUser.OneTimePasswordFor;
        var token = SecretLink.Issue(db, Purpose, SubjectOf(user), now, until);
        return (site.Absolute($"{Page(user.Id)}/{token.Value}"), London.Moment(until));
    }
}
