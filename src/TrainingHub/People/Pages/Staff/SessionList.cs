using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Where an account is signed in, for its owner and for whoever looks after accounts.</summary>
/// <param name="Sessions">The one seen last first.</param>
/// <param name="IsOwn">Of whoever looks.</param>
/// <param name="EndAddress">Where the key of one is sent that is to end, or none for all others.</param>
internal sealed record SessionList(IReadOnlyList<SessionList.Session> Sessions, bool IsOwn, string EndAddress)
{
    internal sealed record Session(string Key, string Browser, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsThis);

    public static async Task<SessionList> ReadAsync(
        TrainingHubDb db, Guid account, ClaimsPrincipal user, string endAddress, SessionClock clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await db.StaffSessions.AsNoTracking().Where(session => session.StaffUserId == account && session.ExpiresAt > now)
            .OrderByDescending(session => session.LastSeenAt).ThenByDescending(session => session.CreatedAt)
            .Select(session => new { session.KeyHash, session.Browser, session.CreatedAt, session.LastSeenAt })
            .ToListAsync(ct);
        var sessions = rows.ConvertAll(row =>
        {
            var key = Base64Url.EncodeToString(row.KeyHash);
            // Those of before this was noted.
            var browser = row.Browser.Length == 0 ? "A browser" : row.Browser;
            return new Session(key, browser, row.CreatedAt, row.LastSeenAt, key == user.SessionName());
        });
        return new(sessions, account == user.StaffId(), endAddress);
    }

    /// <summary>Ends the session with that key, or all but the one of whoever asks.</summary>
    /// <returns>What to say.</returns>
    public static async Task<string> EndAsync(EndStaffSessions end, Guid account, string? key, ClaimsPrincipal user, CancellationToken ct)
    {
        if (key is null)
        {
            await end.AllButAsync(account, Base64Url.DecodeFromChars(user.SessionName()), user.Actor(), ct);
            return account == user.StaffId() ? "You are signed out everywhere else." : "Signed out everywhere.";
        }

        return Base64Url.IsValid(key) && await end.OneAsync(account, Base64Url.DecodeFromChars(key), user.Actor(), ct)
            ? "Signed out there."
            : "That browser is not signed in any more.";
    }
}
