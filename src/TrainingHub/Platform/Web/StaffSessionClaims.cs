using System.Globalization;
using System.Security.Claims;

namespace TrainingHub.Platform.Web;

/// <summary>What the row of a session says, put beside the person on every request and never stored with them.</summary>
internal static class StaffSessionClaims
{
    private const string Session = "session";
    private const string Ends = "session-ends-in";
    private const string Proved = "session-proved";

    public static void Add(ClaimsPrincipal user, string session, int endsIn, bool isProved)
    {
        var identity = new ClaimsIdentity();
        identity.AddClaim(new Claim(Session, session));
        identity.AddClaim(new Claim(Ends, endsIn.ToString(CultureInfo.InvariantCulture)));
        if (isProved)
        {
            identity.AddClaim(new Claim(Proved, "yes"));
        }

        user.AddIdentity(identity);
    }

    /// <summary>The session's name, which opens nothing; null when nobody is signed in.</summary>
    public static string? SessionName(this ClaimsPrincipal user) => user.FindFirst(Session)?.Value;

    /// <summary>In how many seconds the session ends if nothing more is asked for.</summary>
    public static int EndsIn(this ClaimsPrincipal user) => int.Parse(user.FindFirst(Ends)?.Value ?? "0", CultureInfo.InvariantCulture);

    /// <summary>Whether the person has proved within the last ten minutes that it is they.</summary>
    public static bool IsProved(this ClaimsPrincipal user) => user.HasClaim(Proved, "yes");
}
