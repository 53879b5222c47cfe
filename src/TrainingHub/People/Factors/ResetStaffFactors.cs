using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal enum ResetFactorsRefusal
{
    /// <summary>There is no such account, or it is closed.</summary>
    Unknown,

    /// <summary>Two people are needed: nobody does it for themselves.</summary>
    Oneself,
}

/// <summary>
/// A colleague has lost what they sign in with: takes it all away, the password too, and sends them the link by which they choose a password
/// and set up an app anew. Both are told by email, so that neither can do it behind the other's back.
/// </summary>
internal sealed class ResetStaffFactors(TrainingHubDb db, SendStaffLink send, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<ResetFactorsRefusal?> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (by.Id == id)
        {
            return ResetFactorsRefusal.Oneself;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Users.FromSql($"select * from staff_users where id = {id} for no key update").SingleOrDefaultAsync(ct) is not { ClosedAt: null } user)
        {
            return ResetFactorsRefusal.Unknown;
        }

        var now = clock.GetUtcNow();
        await SignInChanges.ClearAsync(db, id, ct);
        SignInChanges.Record(db, user, SignInChange.Reset, by, site.Value, now);
        if (await db.Users.Where(one => one.Id == by.Id).Select(one => one.Email).SingleOrDefaultAsync(ct) is { } address)
        {
            db.Add(OutgoingEmail.To(address, new StaffSignInResetEmail(by.Name, user.Name, site.Value.Name, London.Moment(now)), now));
        }

        await send.RunAsync(id, by, ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}
