using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Learning;

internal enum SendNoticeOutcome
{
    Sent,

    /// <summary>The change is archived or gone.</summary>
    NoChange,

    /// <summary>Somebody changed it after the page was opened.</summary>
    ChangedSince,

    /// <summary>A chosen provider has no email address any more, or the change does not concern it.</summary>
    NotConcerned,

    /// <summary>The deadline is not after today.</summary>
    TooSoon,
}

/// <param name="Id">The form's own: sent twice, providers are told once.</param>
/// <param name="ChangeId"></param>
/// <param name="Version">Of the change, as it was shown.</param>
/// <param name="Text"></param>
/// <param name="DueOn">By when to acknowledge it.</param>
/// <param name="File">Null when nothing goes with it.</param>
/// <param name="Providers">Whom to tell.</param>
internal sealed record NoticeToSend(Guid Id, Guid ChangeId, int Version, string Text, DateOnly DueOn, CheckedFile? File, IReadOnlyCollection<Guid> Providers);

/// <summary>Tells providers of a changed content. Notice, standings, links, emails and history are one transaction under the change's lock.</summary>
internal sealed class SendNotice(TrainingHubDb db, NoticeMail mail, TimeProvider clock)
{
    public async Task<SendNoticeOutcome> RunAsync(NoticeToSend send, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ContentChanges.FromSql($"select * from content_changes where id = {send.ChangeId} for no key update").AsNoTracking().SingleOrDefaultAsync(ct) is not { ArchivedAt: null } change)
        {
            return SendNoticeOutcome.NoChange;
        }

        if (await db.ContentNotices.AnyAsync(one => one.Id == send.Id, ct))
        {
            return SendNoticeOutcome.Sent;
        }

        if (change.Version != send.Version)
        {
            return SendNoticeOutcome.ChangedSince;
        }

        if (send.DueOn <= today)
        {
            return SendNoticeOutcome.TooSoon;
        }

        var concerned = (await NoticeProviders.OfAsync(db, change.CourseIds, today, ct)).Where(one => one.Email is not null).Select(one => one.Id).ToHashSet();
        var providers = await db.Providers.Where(provider => send.Providers.Contains(provider.Id)).OrderBy(provider => provider.Name).ToListAsync(ct);
        if (providers.Count == 0 || providers.Count != send.Providers.Count || !providers.TrueForAll(provider => concerned.Contains(provider.Id)))
        {
            return SendNoticeOutcome.NotConcerned;
        }

        var notice = new ContentNotice
        {
            Id = send.Id,
            ChangeId = change.Id,
            CourseIds = change.CourseIds,
            FromOn = change.FromOn,
            Text = send.Text,
            DueOn = send.DueOn,
            SentAt = now,
            SentById = by.Id == Guid.Empty ? null : by.Id,
            FileName = send.File?.Name,
            FileKind = send.File?.Kind,
            FileContent = send.File?.Content,
        };
        db.Add(notice);
        var courses = await mail.CoursesAsync(notice, ct);
        foreach (var provider in providers)
        {
            var to = new ProviderNotice
            {
                Id = Guid.CreateVersion7(now),
                NoticeId = notice.Id,
                ProviderId = provider.Id,
                RemindOn = ProviderNotice.RemindOnOf(today, send.DueOn),
            };
            db.Add(to);
            mail.Tell(provider, notice, to, courses, now);
        }

        HistoryEntry.Add<ContentChange>(
            db, change.Id, by, "Providers told", HistoryChange.Of(new HistoryChange("To acknowledge by", null, LearningWords.Day(send.DueOn))), now,
            providers.Count == 1 ? $"Told: {providers[0].Name}" : $"{providers.Count} providers");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return SendNoticeOutcome.Sent;
    }
}
