using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Two reminders, about ten and twenty-four days after the invitation, to those who have not answered. Claims and sends as
/// <see cref="SendDueSurveys"/> does, with the same safety. Nobody whose invitation could not be delivered is reminded.
/// </summary>
internal sealed class SendSurveyReminders(TrainingHubDb db, SurveyMail mail, TimeProvider clock) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var handled = 0;
        var failures = new RowFailures();
        int batch;
        do
        {
            batch = await RemindBatchAsync(failures, ct);
            handled += batch;
        }
        while (batch == BatchSize);

        failures.ThrowIfAny(handled);
        return handled;
    }

    private async Task<int> RemindBatchAsync(RowFailures failures, CancellationToken ct)
    {
        var failed = failures.Rows.ToArray();
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimed = await db.SurveyInvitations
            .FromSql(
                $"""
                select *
                from survey_invitations
                where state = 'Sent'
                and next_reminder_at <= {now}
                and closes_at > {now}
                and id <> all({failed})
                order by next_reminder_at, id
                limit {BatchSize}
                for update skip locked
                """)
            .ToListAsync(ct);
        var delegates = await InvitedDelegate.ReadAsync(db, claimed.ConvertAll(invitation => invitation.Id), ct);
        var undelivered = await ReadUndeliveredAsync(claimed, ct);
        foreach (var invitation in claimed)
        {
            try
            {
                Remind(invitation, delegates[invitation.Id], undelivered.Contains(invitation.EmailId), now);
            }
            catch (Exception failure) when (RowFailures.IsOfOneRow(failure))
            {
                failures.Add(failure, invitation.Id);
                db.Entry(invitation).State = EntityState.Detached;
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return claimed.Count;
    }

    private void Remind(SurveyInvitation invitation, InvitedDelegate invited, bool isUndelivered, DateTimeOffset now)
    {
        if ((isUndelivered ? SendRefusal.NobodyToWriteTo : invitation.WhyNotSend(invited, now)) is { } refusal)
        {
            invitation.NotSend(refusal);
            return;
        }

        invitation.MarkReminded(now);
        mail.AddReminder(invited, invitation, now);
    }

    private async Task<HashSet<Guid?>> ReadUndeliveredAsync(List<SurveyInvitation> claimed, CancellationToken ct)
    {
        var emails = claimed.ConvertAll(invitation => invitation.EmailId ?? Guid.Empty);
        return await db.OutgoingEmails
            .Where(email => emails.Contains(email.Id) && EmailStates.ReachedNobody.Contains(email.State))
            .Select(email => (Guid?)email.Id)
            .ToHashSetAsync(ct);
    }
}
