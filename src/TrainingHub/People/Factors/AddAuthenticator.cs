using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal enum AuthenticatorRefusal
{
    /// <summary>The app does not show this code for this key.</summary>
    WrongCode,

    /// <summary>A password alone sets up no app where there is a second factor already.</summary>
    AlreadyThere,
}

/// <param name="Codes">Ten new recovery codes, which are shown now and never again.</param>
internal sealed record AuthenticatorAdded(AuthenticatorRefusal? Refusal, IReadOnlyList<string> Codes);

/// <summary>
/// Sets up an authenticator app once it has shown a right code, which is used with that, and makes ten recovery codes; those before end.
/// The account is locked, so that of two at once one wins and the codes are its own.
/// </summary>
internal sealed class AddAuthenticator(
    TrainingHubDb db, IPersonalDataProtector secrets, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>After the password alone: only where there is neither an app nor a passkey yet.</summary>
    public Task<AuthenticatorAdded> FirstAsync(Guid user, byte[] key, string code, CancellationToken ct) => RunAsync(user, key, code, mayReplace: false, ct);

    /// <summary>By somebody who has just proved both factors: the app before does not work any more.</summary>
    public Task<AuthenticatorAdded> AnotherAsync(Guid user, byte[] key, string code, CancellationToken ct) => RunAsync(user, key, code, mayReplace: true, ct);

    private async Task<AuthenticatorAdded> RunAsync(Guid id, byte[] key, string code, bool mayReplace, CancellationToken ct)
    {
        if (Totp.StepOf(key, code, clock.Real().GetUtcNow()) is not { } step)
        {
            return new(AuthenticatorRefusal.WrongCode, []);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FromSql($"select * from staff_users where id = {id} for no key update").SingleAsync(ct);
        var app = await db.StaffAuthenticators.SingleOrDefaultAsync(one => one.StaffUserId == id, ct);
        if (!mayReplace && (app is not null || await db.UserPasskeys.AnyAsync(passkey => passkey.UserId == id, ct)))
        {
            return new(AuthenticatorRefusal.AlreadyThere, []);
        }

        var now = clock.GetUtcNow();
        var change = app is null ? SignInChange.AppAdded : SignInChange.AppReplaced;
        var sealedKey = secrets.Protect(Convert.ToBase64String(key))!;
        if (app is null)
        {
            db.Add(new StaffAuthenticator { StaffUserId = id, ProtectedKey = sealedKey, AddedAt = now, LastStep = step });
        }
        else
        {
            (app.ProtectedKey, app.AddedAt, app.LastStep) = (sealedKey, now, step);
        }

        var codes = await NewRecoveryCodes.ReplaceAsync(db, id, ct);
        SignInChanges.Record(db, user, change, new(id, user.Name), site.Value, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(null, codes);
    }
}
