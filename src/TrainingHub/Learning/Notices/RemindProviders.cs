using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Learning;

/// <summary>
/// Reminds providers of a notice that they have not acknowledged: once before the deadline and once after it, when the training team is told
/// too. From eight in the morning. Marks and emails are one transaction over rows that no other node has: if the job dies neither is there,
/// and a second run finds nothing that was done.
/// </summary>
internal sealed class RemindProviders(TrainingHubDb db, NoticeMail mail, TimeProvider clock) : IJob
{
    private const int Batch = 100;
    private const int FirstHour = 8;

    public static TimeSpan Every => TimeSpan.FromMinutes(30);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        if (London.At(now).Hour < FirstHour)
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await db.ProviderNotices.FromSql(
            $"""
            select own.*
            from provider_notices own
            join content_notices notice on notice.id = own.notice_id
            where own.state = 'Sent'
            and ((own.reminded_at is null and own.remind_on <= {today} and notice.due_on >= {today}) or (own.chased_at is null and notice.due_on < {today}))
            order by notice.due_on, own.id
            limit {Batch}
            for no key update of own skip locked
            """).ToListAsync(ct);
        if (due.Count == 0)
        {
            return 0;
        }

        var late = new List<string>();
        foreach (var one in due.OrderBy(one => one.Id))
        {
            var notice = await db.ContentNotices.SingleAsync(found => found.Id == one.NoticeId, ct);
            var provider = await db.Providers.AsNoTracking().SingleAsync(found => found.Id == one.ProviderId, ct);
            var courses = await mail.CoursesAsync(notice, ct);
            var isLate = notice.DueOn < today;
            mail.Remind(provider, notice, one, courses, isLate, now);
            if (isLate)
            {
                one.Chase(now);
                late.Add($"{provider.Name}: {string.Join(", ", courses)}, asked by {London.Words(notice.DueOn)}{(provider.Email is null ? ", no email address" : "")}");
            }
            else
            {
                one.Remind(now);
            }
        }

        if (late.Count > 0)
        {
            mail.Escalate(late, now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due.Count;
    }
}
