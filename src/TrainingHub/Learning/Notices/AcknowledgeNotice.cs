using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum AcknowledgeOutcome
{
    Done,

    /// <summary>It was acknowledged before: what was said then stands.</summary>
    DoneBefore,
    Withdrawn,
    Gone,
}

/// <summary>
/// Notes that a provider has taken a notice up, once. Under the lock of the provider's own row, so that who withdraws it at the same time
/// comes before or after, and says the right thing.
/// </summary>
internal sealed class AcknowledgeNotice(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">Of the notice as that provider has it.</param>
    /// <param name="name">Who, as they typed it.</param>
    /// <param name="words">What they say besides.</param>
    /// <param name="ct">To stop.</param>
    public Task<AcknowledgeOutcome> ByLinkAsync(Guid id, string name, string? words, CancellationToken ct) => RunAsync(id, name, words, Actor.Visitor, "Acknowledged by the provider", ct);

    /// <summary>They said so on the phone or by email.</summary>
    public Task<AcknowledgeOutcome> ByStaffAsync(Guid id, string name, Actor by, CancellationToken ct) => RunAsync(id, name, words: null, by, "Acknowledgement recorded", ct);

    private async Task<AcknowledgeOutcome> RunAsync(Guid id, string name, string? words, Actor by, string act, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ProviderNotices.FromSql($"select * from provider_notices where id = {id} for no key update").SingleOrDefaultAsync(ct) is not { } notice)
        {
            return AcknowledgeOutcome.Gone;
        }

        if (notice.State != ProviderNoticeState.Sent)
        {
            return notice.State == ProviderNoticeState.Withdrawn ? AcknowledgeOutcome.Withdrawn : AcknowledgeOutcome.DoneBefore;
        }

        notice.Acknowledge(name, words, now);
        var change = await db.ContentNotices.Where(one => one.Id == notice.NoticeId).Select(one => one.ChangeId).SingleAsync(ct);
        var provider = await db.Providers.Where(one => one.Id == notice.ProviderId).Select(one => one.Name).SingleAsync(ct);
        HistoryEntry.Add<ContentChange>(db, change, by, act, [], now, provider);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AcknowledgeOutcome.Done;
    }
}
