using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys;

/// <summary>
/// Tells the coordinator once of each free text that has not been read in time, all that are late in one email without their words. The
/// email and the marks are one transaction under the rows' locks: what dies half-way is done by the next run, and two at once tell once.
/// </summary>
internal sealed class TellOfUnread(TrainingHubDb db, IOptions<SiteOptions> site, IOptions<WaitingListOptions> hours, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select from survey_comments where state = 'Unread' and not is_wait_told order by id for no key update", ct);
        var late = (await db.UnreadComments.AsNoTracking().Where(comment => !comment.IsWaitTold).ToListAsync(ct))
            .FindAll(comment => ReadingTimes.DueAt(comment.CreatedAt, comment.IsFlagged, hours.Value) <= now);
        if (late.Count == 0)
        {
            return 0;
        }

        var flagged = late.Count(comment => comment.IsFlagged);
        db.Add(OutgoingEmail.To(
            site.Value.ContactEmail,
            new CommentsWaitEmail(
                flagged == 0 ? null : flagged == 1 ? "1 text has words of the list" : $"{flagged:N0} texts have words of the list",
                late.Count == flagged ? null : late.Count - flagged == 1 ? "1 other text" : $"{late.Count - flagged:N0} other texts",
                site.Value.Absolute(SurveyUrls.Comments)),
            now));
        var ids = late.ConvertAll(comment => comment.CommentId);
        await db.SurveyComments.Where(comment => ids.Contains(comment.Id)).ExecuteUpdateAsync(set => set.SetProperty(comment => comment.IsWaitTold, true), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return late.Count;
    }
}
