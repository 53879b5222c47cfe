using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;

namespace TrainingHub.Catalogue;

/// <summary>
/// Keeps an address for one email: the one with the link to the recording of an event. Nothing is sent now, so that a stranger's address
/// cannot be bothered; asking again changes nothing once the link was sent, and otherwise begins anew.
/// </summary>
internal sealed class AskForRecording(TrainingHubDb db, TimeProvider clock)
{
    public async Task<AskResult> RunAsync(Guid runId, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var run = await db.CourseRuns.Where(one => one.Id == runId).Select(one => new { one.CourseId, one.EndsAt }).SingleAsync(ct);
        if (await db.DateWishes.CountAsync(wish => wish.RunId == runId, ct) >= AskForDates.MostOfCourse)
        {
            return AskResult.ListFull;
        }

        var mailbox = EmailAddress.MailboxOf(email);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into date_wishes (id, course_id, run_id, email, email_key, asked_at, ends_at)
            select {Guid.CreateVersion7(now)}, {run.CourseId}, {runId}, {email}, {mailbox}, {now}, {EndOf(run.EndsAt, now)}
            where (select count(*) from date_wishes where email_key = {mailbox}) < {AskForDates.MostOfAddress}
            on conflict (run_id, email_key) where run_id is not null do update
            set asked_at = excluded.asked_at, ends_at = excluded.ends_at
            where date_wishes.told_at is null
            """,
            ct);
        return AskResult.Asked;
    }

    /// <summary>Twelve months after the event, or after asking when it is over.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset eventEndsAt, DateTimeOffset now) => AskForDates.EndOf(eventEndsAt > now ? eventEndsAt : now);
}
