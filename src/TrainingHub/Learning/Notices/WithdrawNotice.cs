using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum WithdrawOutcome
{
    Withdrawn,

    /// <summary>It is withdrawn already, and nobody is told again.</summary>
    Before,
    Gone,
}

/// <summary>
/// Takes a notice back and tells every provider that had it, those too who acknowledged it, as they stand under lock. Standing and email are
/// one transaction.
/// </summary>
internal sealed class WithdrawNotice(TrainingHubDb db, NoticeMail mail, TimeProvider clock)
{
    public async Task<WithdrawOutcome> RunAsync(Guid id, string because, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ContentNotices.FromSql($"select * from content_notices where id = {id} for no key update").SingleOrDefaultAsync(ct) is not { } notice)
        {
            return WithdrawOutcome.Gone;
        }

        if (notice.WithdrawnAt is not null)
        {
            return WithdrawOutcome.Before;
        }

        notice.Withdraw(because, now);
        var all = await db.ProviderNotices.FromSql($"select * from provider_notices where notice_id = {id} order by id for no key update").ToListAsync(ct);
        var ids = all.ConvertAll(one => one.ProviderId);
        var providers = await db.Providers.AsNoTracking().Where(provider => ids.Contains(provider.Id)).ToDictionaryAsync(provider => provider.Id, ct);
        var courses = await mail.CoursesAsync(notice, ct);
        foreach (var one in all)
        {
            one.Withdraw(now);
            mail.Withdraw(providers[one.ProviderId], notice, one, courses, because, now);
        }

        HistoryEntry.Add<ContentChange>(
            db, notice.ChangeId, by, "Notice to providers withdrawn", HistoryChange.Of(new HistoryChange("Why", null, because)), now,
            all.Count == 1 ? "1 provider is told" : $"{all.Count} providers are told");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return WithdrawOutcome.Withdrawn;
    }
}
