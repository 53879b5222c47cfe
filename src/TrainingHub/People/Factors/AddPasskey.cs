using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal enum PasskeyRefusal
{
    /// <summary>An authenticator app comes first: it signs in whoever has lost the device with the passkey.</summary>
    NoAuthenticator,

    /// <summary>The account has as many as it may.</summary>
    TooMany,

    /// <summary>Not one of this account.</summary>
    Unknown,
}

/// <summary>Adds a passkey that the browser has made and that was found right. The account is locked, so that two at once do not exceed the bound.</summary>
internal sealed class AddPasskey(TrainingHubDb db, UserManager<StaffUser> users, TimeProvider clock, IOptions<SiteOptions> site)
{
    public const int Most = 10;
    public const int NameLength = 60;

    public async Task<PasskeyRefusal?> RunAsync(UserPasskeyInfo passkey, string name, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FromSql($"select * from staff_users where id = {by.Id} for no key update").SingleAsync(ct);
        if (await WhyNotAsync(by.Id, ct) is { } refusal)
        {
            return refusal;
        }

        passkey.Name = name;
        var added = await users.AddOrUpdatePasskeyAsync(user, passkey);
        if (!added.Succeeded)
        {
            throw new InvalidOperationException($"The passkey was not added: {string.Join(' ', added.Errors.Select(error => error.Code))}");
        }

        SignInChanges.Record(db, user, SignInChange.PasskeyAdded, by, site.Value, clock.GetUtcNow(), name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    public async Task<PasskeyRefusal?> WhyNotAsync(Guid user, CancellationToken ct) =>
        !await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == user, ct) ? PasskeyRefusal.NoAuthenticator
        : await db.UserPasskeys.CountAsync(one => one.UserId == user, ct) >= Most ? PasskeyRefusal.TooMany
        : null;
}
