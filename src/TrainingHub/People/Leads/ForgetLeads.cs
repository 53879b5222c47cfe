using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.People;

/// <summary>A lead whose time is over.</summary>
/// <param name="IsInvitation">Nobody accepted it.</param>
internal sealed record LapsedLead(Guid Id, Guid OrganisationId, bool IsInvitation);

/// <summary>
/// Ends invitations that nobody accepted within 30 days, and the right of leads who have not signed in for 18 months. One statement each,
/// with its lines of history in one transaction; a second run finds nothing.
/// </summary>
internal sealed class ForgetLeads(TrainingHubDb db, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var lapsed = await DueAsync(now, ct);
        var ids = lapsed.ConvertAll(lead => lead.Id);
        await db.OrganisationLeads.Where(lead => ids.Contains(lead.Id)).ExecuteDeleteAsync(ct);
        foreach (var lead in lapsed)
        {
            HistoryEntry.Add<Organisation>(db, lead.OrganisationId, Actor.Automatic, "Training lead lapsed", [], now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return lapsed.Count;
    }

    /// <summary>Those that a run at that moment ends.</summary>
    public Task<List<LapsedLead>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (invited, seen) = (now.AddDays(-OrganisationLead.InvitedForDays), now.AddMonths(-OrganisationLead.KeptMonths));
        return db.OrganisationLeads.Where(lead => (lead.AcceptedAt == null && lead.AddedAt <= invited) || lead.SeenAt <= seen)
            .Select(lead => new LapsedLead(lead.Id, lead.OrganisationId, lead.AcceptedAt == null)).ToListAsync(ct);
    }
}
