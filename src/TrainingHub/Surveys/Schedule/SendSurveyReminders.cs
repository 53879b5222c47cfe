using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Two reminders, about ten and twenty-four days after the invitation, to those who have not answered. Claims and sends as
/// <see cref="SendDueSurveys"/> does, with the same safety, together and at the same pace. Nobody whose invitation could not be delivered is
/// reminded.
/// </summary>
internal sealed class SendSurveyReminders(TrainingHubDb db, SurveyMail mail, SurveyPace pace, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var handled = 0;
        var failures = new RowFailures();
        int batch;
        do
        {
            (batch, var reminded) = await RemindBatchAsync(failures, ct);
            handled += reminded;
        }
        while (batch == InvitationClaim.BatchSize && !pace.IsOver);

        failures.ThrowIfAny(handled);
        return handled;
    }

    /// <returns>How many were claimed because they are due, and how many were handled.</returns>
    private async Task<(int Claimed, int Handled)> RemindBatchAsync(RowFailures failures, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var handled = 0;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await InvitationClaim.Reminders.DueAsync(db, now, failures.Rows, pace.Full, ct);
        var people = await InvitedPerson.ReadAsync(db, InvitationClaim.Reminders, due, now, ct);
        var undelivered = await ReadUndeliveredAsync([.. people.SelectMany(person => person.All).Select(one => one.Invitation)], ct);
        foreach (var person in people)
        {
            try
            {
                handled += await RemindAsync(person, undelivered, now, ct);
            }
            catch (Exception failure) when (RowFailures.IsOfOneRow(failure))
            {
                person.Due.ForEach(one => failures.Add(failure, one.Invitation.Id));
                person.All.ForEach(one => db.Entry(one.Invitation).State = EntityState.Detached);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return (due.Count, handled);
    }

    private async Task<int> RemindAsync(InvitedPerson person, HashSet<Guid?> undelivered, DateTimeOffset now, CancellationToken ct)
    {
        var refused = 0;
        foreach (var (invitation, invited) in person.Due)
        {
            if (WhyNot(invitation, invited) is { } refusal)
            {
                invitation.NotSend(refusal);
                refused++;
            }
        }

        var asked = person.All.FindAll(one => WhyNot(one.Invitation, one.Invited) is null);
        if (!asked.Exists(person.Due.Contains) || asked[0].Invited.Email is not { } address || !await pace.TakeAsync(address, ct))
        {
            return refused;
        }

        asked.ForEach(one => one.Invitation.MarkReminded(now));
        mail.AddReminder(asked.ConvertAll(one => (one.Invited, one.Invitation.SentAt!.Value)), asked.TrueForAll(one => one.Invitation.NextReminderAt is null), now);
        return refused + asked.Count;

        SendRefusal? WhyNot(SurveyInvitation invitation, InvitedDelegate invited) =>
            undelivered.Contains(invitation.EmailId) ? SendRefusal.NobodyToWriteTo : invitation.WhyNotSend(invited, now);
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
