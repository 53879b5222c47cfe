using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>
/// Keeps an address for one email: the one with the link to the recording of an event. Whoever asks for the first time is told at once what is
/// kept, with a link that deletes it; that email and the row are one transaction, so two forms at once send one. Asking again sends nothing,
/// so that a stranger's address is bothered once; it begins anew unless the link was sent.
/// </summary>
internal sealed class AskForRecording(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<AskResult> RunAsync(Guid runId, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var run = await DateLines.FindAsync(db, runId, ct) ?? throw new InvalidOperationException($"There is no date {runId}.");
        if (await db.DateWishes.CountAsync(wish => wish.RunId == runId, ct) >= AskForDates.MostOfCourse)
        {
            return AskResult.ListFull;
        }

        var (id, mailbox, endsAt) = (Guid.CreateVersion7(now), EmailAddress.MailboxOf(email), EndOf(run.EndsAt, now));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            insert into date_wishes (id, course_id, run_id, email, email_key, asked_at, ends_at)
            select {id}, {run.CourseId}, {runId}, {email}, {mailbox}, {now}, {endsAt}
            where (select count(*) from date_wishes where email_key = {mailbox}) < {AskForDates.MostOfAddress}
            on conflict (run_id, email_key) where run_id is not null do nothing
            """,
            ct) == 1;
        if (isNew)
        {
            Tell(id, email, run, endsAt, now);
        }
        else
        {
            await db.DateWishes.Where(wish => wish.RunId == runId && wish.EmailKey == mailbox && wish.ToldAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(wish => wish.AskedAt, now).SetProperty(wish => wish.EndsAt, endsAt), ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AskResult.Asked;
    }

    /// <summary>Twelve months after the event, or after asking when it is over.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset eventEndsAt, DateTimeOffset now) => AskForDates.EndOf(eventEndsAt > now ? eventEndsAt : now);

    private void Tell(Guid wish, string email, DateLine run, DateTimeOffset endsAt, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, DateWish.RecordingPurpose, wish, now, endsAt);
        var message = new RecordingAskedEmail(
            run.Course, run.When, IsOver: run.EndsAt <= now, London.Words(London.DateOf(endsAt).AddDays(-1)), site.Value.Absolute(CatalogueUrls.AskedRecording(token.Value)));
        db.Add(OutgoingEmail.To(email, message, now));
    }
}
