using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum ProviderAccountRefusal
{
    /// <summary>There is no open account with this address, or no such provider.</summary>
    Unknown,

    /// <summary>The account is open and not for a trainer: its role is for an administrator to give.</summary>
    NoTrainer,
}

/// <summary>
/// Says which accounts train for a provider. Only an open account with the role of a trainer is added; one that is closed meanwhile is
/// waited for and refused. The same again changes nothing. History of the provider names nobody; the account's own says for whom it trains.
/// </summary>
internal sealed class KeepProviderAccounts(TrainingHubDb db, HoldAccount hold, TimeProvider clock)
{
    public async Task<ProviderAccountRefusal?> AddAsync(Guid provider, string email, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await hold.RunAsync(email, ct) is not { } account || await NameAsync(provider, ct) is not { } name)
        {
            return ProviderAccountRefusal.Unknown;
        }

        if (!account.Roles.Contains(StaffRole.Trainer))
        {
            return ProviderAccountRefusal.NoTrainer;
        }

        if (!await db.ProviderAccounts.AnyAsync(own => own.ProviderId == provider && own.StaffUserId == account.Id, ct))
        {
            var now = clock.GetUtcNow();
            db.Add(new ProviderAccount { ProviderId = provider, StaffUserId = account.Id, AddedAt = now });
            AddHistory(provider, account.Id, by, "Account added", [new("Trains for", null, name)], now);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return null;
    }

    public async Task TakeOffAsync(Guid provider, Guid account, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var taken = await db.ProviderAccounts.Where(own => own.ProviderId == provider && own.StaffUserId == account).ExecuteDeleteAsync(ct);
        if (taken > 0)
        {
            AddHistory(provider, account, by, "Account taken off", [new("Trains for", await NameAsync(provider, ct), null)], clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private void AddHistory(Guid provider, Guid account, Actor by, string act, IReadOnlyList<HistoryChange> changes, DateTimeOffset now)
    {
        HistoryEntry.Add<Provider>(db, provider, by, act, [], now);
        HistoryEntry.Add<StaffUser>(db, account, by, act, changes, now);
    }

    private Task<string?> NameAsync(Guid provider, CancellationToken ct) =>
        db.Providers.Where(one => one.Id == provider).Select(one => one.Name).SingleOrDefaultAsync(ct);
}
