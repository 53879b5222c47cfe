using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>A change of how somebody signs in stands in the history of the account, and its person is told by email, whoever made it.</summary>
internal static class SignInChanges
{
    public static void Record(TrainingHubDb db, StaffUser user, SignInChange change, Actor by, SiteOptions site, DateTimeOffset now, string? passkey = null)
    {
        HistoryEntry.Add<StaffUser>(db, user.Id, by, ActOf(change), [], now);
        Tell(db, user, change, by, site, now, passkey);
    }

    /// <summary>The email alone.</summary>
    public static void Tell(TrainingHubDb db, StaffUser user, SignInChange change, Actor by, SiteOptions site, DateTimeOffset now, string? passkey = null)
    {
        if (user.Email is { } address)
        {
            var other = by.Id == user.Id ? null : by == Actor.CommandLine ? "Whoever looks after this site" : by.Name;
            db.Add(OutgoingEmail.To(address, new StaffSignInChangedEmail(user.Name, change, passkey, other, site.Name, London.Moment(now)), now));
        }
    }

    /// <summary>Takes the authenticator app, the recovery codes and the passkeys away, in the caller's transaction.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> ClearAsync(TrainingHubDb db, Guid user, CancellationToken ct) =>
        await db.StaffAuthenticators.Where(app => app.StaffUserId == user).ExecuteDeleteAsync(ct)
        + await db.StaffRecoveryCodes.Where(code => code.StaffUserId == user).ExecuteDeleteAsync(ct)
        + await db.UserPasskeys.Where(passkey => passkey.UserId == user).ExecuteDeleteAsync(ct) > 0;

    private static string ActOf(SignInChange change) => change switch
    {
        SignInChange.AppAdded => "Authenticator app set up",
        SignInChange.AppReplaced => "Another authenticator app set up",
        SignInChange.CodesReplaced => "New recovery codes made",
        SignInChange.CodeUsed => "Recovery code used",
        SignInChange.PasskeyAdded => "Passkey added",
        SignInChange.PasskeyRemoved => "Passkey removed",
        SignInChange.WorkAccountConnected => "Work account connected",
        SignInChange.WorkAccountDisconnected => "Work account disconnected",
        SignInChange.Reset => "Authenticator app, recovery codes and passkeys taken away",
    };
}
