using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Destroys the link between an answer and its invitation 90 days after the survey closed, and the key of an imported answer
/// 90 days after the import. What dies half-way is done by the next run.
/// </summary>
internal sealed class UnlinkAnswers(TrainingHubDb db, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var closedBy = now.AddDays(-SurveyTimes.UnlinkDays);
        var unlinked = await db.SurveyLinks
            .Where(link => db.SurveyInvitations.Any(invitation => invitation.Id == link.InvitationId && invitation.ClosesAt <= closedBy))
            .ExecuteDeleteAsync(ct);
        unlinked += await db.ImportedAnswers
            .Where(imported => imported.KnownUntil <= now)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(imported => imported.DelegateKey, (byte[]?)null)
                    .SetProperty(imported => imported.KnownUntil, (DateTimeOffset?)null),
                ct);
        return unlinked;
    }
}
