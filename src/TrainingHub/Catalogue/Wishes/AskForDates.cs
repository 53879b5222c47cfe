using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Catalogue;

internal enum AskResult
{
    /// <summary>Asked now or before, or too often to be kept: whoever reads the answer may be a stranger.</summary>
    Asked,

    /// <summary>There are dates: look at them.</summary>
    HasDates,

    /// <summary>So many wait that nobody else is taken.</summary>
    ListFull,
}

/// <summary>
/// Keeps an address for one email: the one that tells of the first dates of a course. Nothing is sent now, so that a stranger's address
/// cannot be bothered; asking again begins the twelve months anew.
/// </summary>
internal sealed class AskForDates(TrainingHubDb db, TimeProvider clock)
{
    public const int MonthsKept = 12;

    /// <summary>Of one mailbox, over all courses. More are not kept, and nothing is said of it.</summary>
    public const int MostOfAddress = 20;

    /// <summary>For one course.</summary>
    public const int MostOfCourse = 2000;

    public async Task<AskResult> RunAsync(Guid courseId, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await DateLines.Public(db, now).AnyAsync(run => run.CourseId == courseId, ct))
        {
            return AskResult.HasDates;
        }

        if (await db.DateWishes.CountAsync(wish => wish.CourseId == courseId && wish.RunId == null, ct) >= MostOfCourse)
        {
            return AskResult.ListFull;
        }

        var mailbox = EmailAddress.MailboxOf(email);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into date_wishes (id, course_id, email, email_key, asked_at, ends_at)
            select {Guid.CreateVersion7(now)}, {courseId}, {email}, {mailbox}, {now}, {EndOf(now)}
            where (select count(*) from date_wishes where email_key = {mailbox}) < {MostOfAddress}
            on conflict (course_id, email_key) where run_id is null do update set asked_at = excluded.asked_at, ends_at = excluded.ends_at
            """,
            ct);
        return AskResult.Asked;
    }

    /// <summary>The end of the same day twelve months on, in London.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset now) => London.Instant(London.DateOf(now).AddMonths(MonthsKept).AddDays(1), TimeOnly.MinValue);
}
