using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

internal sealed record PasskeyLine(byte[] Id, string Name, DateTimeOffset AddedAt);

/// <summary>What somebody signs in with beside the password.</summary>
/// <param name="AppAddedAt">Null without an authenticator app.</param>
/// <param name="CodesLeft">Recovery codes that were not used.</param>
/// <param name="Passkeys">The first one first.</param>
internal sealed record SignInFactors(DateTimeOffset? AppAddedAt, int CodesLeft, IReadOnlyList<PasskeyLine> Passkeys)
{
    public static async Task<SignInFactors> OfAsync(TrainingHubDb db, Guid user, CancellationToken ct)
    {
        var added = await db.StaffAuthenticators.Where(app => app.StaffUserId == user).Select(app => (DateTimeOffset?)app.AddedAt).SingleOrDefaultAsync(ct);
        var codes = await db.StaffRecoveryCodes.CountAsync(code => code.StaffUserId == user && code.UsedAt == null, ct);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == user)
            .Select(passkey => new PasskeyLine(passkey.CredentialId, passkey.Data.Name ?? "", passkey.Data.CreatedAt)).ToListAsync(ct);
        return new(added, codes, [.. passkeys.OrderBy(passkey => passkey.AddedAt)]);
    }
}
