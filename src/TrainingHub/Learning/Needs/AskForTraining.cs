using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum AskForTrainingResult
{
    Asked,

    /// <summary>The organisation waits for staff to look at as much as it may.</summary>
    TooMany,

    /// <summary>There is no such organisation, or it was merged into another.</summary>
    Gone,
}

/// <summary>
/// An organisation asks for training that is not offered: a need that waits for staff, with the organisation's vote. No other organisation sees
/// it until staff list it. The organisation's row is locked, so that two at once count each other; a second delivery of the form adds nothing.
/// </summary>
internal sealed class AskForTraining(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Of one organisation, that staff have not looked at.</summary>
    public const int MostWaiting = 10;

    /// <param name="id">The form's own.</param>
    /// <param name="organisation">Which asks.</param>
    /// <param name="what">In its words.</param>
    /// <param name="ct">To stop.</param>
    public async Task<AskForTrainingResult> RunAsync(Guid id, Guid organisation, string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.Organisations.FromSql($"select * from organisations where id = {organisation} for no key update").AsNoTracking().ToListAsync(ct);
        if (found is not [{ MergedIntoId: null } one])
        {
            return AskForTrainingResult.Gone;
        }

        if (await db.TrainingNeeds.AnyAsync(need => need.Id == id, ct))
        {
            return AskForTrainingResult.Asked;
        }

        var waiting = await db.TrainingNeeds.CountAsync(
            need => need.AwaitsStaff && need.ArchivedAt == null && db.TrainingNeedVotes.Any(vote => vote.NeedId == need.Id && vote.OrganisationId == organisation), ct);
        if (waiting >= MostWaiting)
        {
            return AskForTrainingResult.TooMany;
        }

        db.Add(new TrainingNeed { Id = id, What = what, State = NeedState.Open, AddedAt = now, AwaitsStaff = true });
        db.Add(new TrainingNeedVote { Id = Guid.CreateVersion7(now), NeedId = id, OrganisationId = organisation, VotedAt = now });
        HistoryEntry.Add<TrainingNeed>(db, id, KeepLeads.Lead, "Asked for by an organisation", [new("What is asked for", null, what)], now, one.Name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AskForTrainingResult.Asked;
    }
}
