using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Closes what was not answered in 42 days, and notes which invitations were not delivered, since emails are forgotten later.
/// One statement: a second run finds nothing. No page relies on it; each looks at the
/// closing time itself.
/// </summary>
internal sealed class CloseSurveys(TrainingHubDb db, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.SurveyInvitations
            .Where(invitation => invitation.State == InvitationState.Sent && invitation.ClosesAt <= now)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(invitation => invitation.State, InvitationState.Closed)
                    .SetProperty(
                        invitation => invitation.IsUndelivered,
                        invitation => db.OutgoingEmails.Any(email => email.Id == invitation.EmailId && EmailStates.ReachedNobody.Contains(email.State)))
                    .SetProperty(invitation => invitation.NextReminderAt, (DateTimeOffset?)null),
                ct);
    }
}
