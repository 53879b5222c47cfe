using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>Makes ten recovery codes; those before do not work any more. Nothing happens for an account without an authenticator app.</summary>
internal sealed class NewRecoveryCodes(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <returns>The codes, which are shown now and never again; none without an app.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FromSql($"select * from staff_users where id = {by.Id} for no key update").SingleAsync(ct);
        if (!await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == by.Id, ct))
        {
            return [];
        }

        var codes = await ReplaceAsync(db, by.Id, ct);
        SignInChanges.Record(db, user, SignInChange.CodesReplaced, by, site.Value, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return codes;
    }

    /// <summary>The same in the caller's transaction, which holds the account and saves.</summary>
    public static async Task<IReadOnlyList<string>> ReplaceAsync(TrainingHubDb db, Guid user, CancellationToken ct)
    {
        await db.StaffRecoveryCodes.Where(code => code.StaffUserId == user).ExecuteDeleteAsync(ct);
        var codes = StaffRecoveryCode.NewCodes();
        db.AddRange(codes.Select(code => new StaffRecoveryCode { StaffUserId = user, CodeHash = StaffRecoveryCode.HashOf(code) }));
        return codes;
    }
}
