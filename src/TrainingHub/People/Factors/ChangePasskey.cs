using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>Gives a passkey of one's own another name, or removes it. The same name again, or a second removal, changes nothing.</summary>
internal sealed class ChangePasskey(TrainingHubDb db, UserManager<StaffUser> users, TimeProvider clock, IOptions<SiteOptions> site)
{
    public Task<PasskeyRefusal?> RenameAsync(byte[] id, string name, Actor by, CancellationToken ct) => RunAsync(id, by, async (user, passkey) =>
    {
        if (passkey.Name != name)
        {
            HistoryEntry.Add<StaffUser>(db, user.Id, by, "Passkey renamed", [], clock.GetUtcNow());
            passkey.Name = name;
            await users.AddOrUpdatePasskeyAsync(user, passkey);
        }
    }, ct);

    public Task<PasskeyRefusal?> RemoveAsync(byte[] id, Actor by, CancellationToken ct) => RunAsync(id, by, async (user, passkey) =>
    {
        SignInChanges.Record(db, user, SignInChange.PasskeyRemoved, by, site.Value, clock.GetUtcNow(), passkey.Name);
        await users.RemovePasskeyAsync(user, passkey.CredentialId);
    }, ct);

    private async Task<PasskeyRefusal?> RunAsync(byte[] id, Actor by, Func<StaffUser, UserPasskeyInfo, Task> act, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FromSql($"select * from staff_users where id = {by.Id} for no key update").SingleAsync(ct);
        if (await users.GetPasskeyAsync(user, id) is not { } passkey)
        {
            return PasskeyRefusal.Unknown;
        }

        await act(user, passkey);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}
