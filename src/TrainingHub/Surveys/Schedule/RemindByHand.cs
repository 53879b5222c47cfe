using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>Who of a date has not answered, by what a reminder by hand would do. Each person counts once.</summary>
/// <param name="Now">Get one when staff ask for it.</param>
/// <param name="Soon">Had a message in the last three days, or get a reminder by themselves in the next three.</param>
/// <param name="Before">Had one by hand.</param>
/// <param name="Unreachable">The invitation did not reach them, or they have no address any more.</param>
internal sealed record Unanswered(int Now, int Soon, int Before, int Unreachable)
{
    public int All => Now + Soon + Before + Unreachable;
}

/// <summary>
/// One reminder beside the two that come by themselves, to all of a date who have not answered, once for each invitation and never within
/// three days of another message about the same course. One transaction under the invitations' locks: of two who ask at once the second
/// finds nobody. Who it went to is in no history.
/// </summary>
internal sealed class RemindByHand(TrainingHubDb db, SurveyMail mail, TimeProvider clock)
{
    private static readonly TimeSpan Apart = TimeSpan.FromDays(SurveyTimes.ExtraReminderDays);

    /// <param name="run"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <returns>To how many it went.</returns>
    public async Task<int> RunAsync(Guid run, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var sorted = await SortAsync(await LockAsync(run, ct), now, ct);
        foreach (var (invitation, invited) in sorted.Now)
        {
            invitation.MarkRemindedByHand(now);
            mail.AddReminder([(invited, invitation.SentAt!.Value)], isLast: invitation.NextReminderAt is null, now);
        }

        if (sorted.Now.Count > 0)
        {
            HistoryEntry.Add<CourseRun>(db, run, by, "Survey reminder sent", [new("People", null, $"{sorted.Now.Count}")], now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return sorted.Now.Count;
    }

    public async Task<Unanswered> LookAsync(Guid run, CancellationToken ct)
    {
        var sorted = await SortAsync(await Open(run).AsNoTracking().ToListAsync(ct), clock.GetUtcNow(), ct);
        return new(sorted.Now.Count, sorted.Soon, sorted.Before, sorted.Unreachable);
    }

    private IQueryable<SurveyInvitation> Open(Guid run)
    {
        var now = clock.GetUtcNow();
        return db.SurveyInvitations.Where(invitation => invitation.Moment == SurveyMoment.ThreeMonths && invitation.State == InvitationState.Sent && invitation.ClosesAt > now
            && db.Places.Any(place => place.Id == invitation.PlaceId && place.RunId == run));
    }

    private Task<List<SurveyInvitation>> LockAsync(Guid run, CancellationToken ct) => db.SurveyInvitations.FromSql(
        $"""
        select invitation.*
        from survey_invitations invitation
        join places place on place.id = invitation.place_id
        where place.run_id = {run}
        and invitation.moment = {nameof(SurveyMoment.ThreeMonths)}
        and invitation.state = {nameof(InvitationState.Sent)}
        and invitation.closes_at > {clock.GetUtcNow()}
        order by invitation.id
        for no key update of invitation
        """).ToListAsync(ct);

    private async Task<(List<(SurveyInvitation Invitation, InvitedDelegate Invited)> Now, int Soon, int Before, int Unreachable)> SortAsync(
        List<SurveyInvitation> open, DateTimeOffset now, CancellationToken ct)
    {
        var delegates = await InvitedDelegate.ReadAsync(db, open.ConvertAll(invitation => invitation.Id), ct);
        var emails = open.ConvertAll(invitation => invitation.EmailId ?? Guid.Empty);
        var undelivered = await db.OutgoingEmails
            .Where(email => emails.Contains(email.Id) && EmailStates.ReachedNobody.Contains(email.State)).Select(email => (Guid?)email.Id).ToHashSetAsync(ct);
        var (next, soon, before, unreachable) = (new List<(SurveyInvitation, InvitedDelegate)>(), 0, 0, 0);
        foreach (var invitation in open)
        {
            var invited = delegates[invitation.Id];
            if (undelivered.Contains(invitation.EmailId) || invitation.WhyNotSend(invited, now) is not null)
            {
                unreachable++;
            }
            else if (invitation.ExtraReminderAt is not null)
            {
                before++;
            }
            else if ((invitation.LastEmailAt ?? invitation.SentAt) > now - Apart || invitation.NextReminderAt < now + Apart)
            {
                soon++;
            }
            else
            {
                next.Add((invitation, invited));
            }
        }

        return (next, soon, before, unreachable);
    }
}
