using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// Staff add an organisation that nobody has booked for yet. Refuses a name that one has, or had before it was merged. The form's id
/// makes a second delivery find it done.
/// </summary>
internal sealed class AddOrganisation(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">Of the form; becomes the organisation's.</param>
    /// <param name="facts"></param>
    /// <param name="isApproved">Bookers are offered it.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<SaveOrganisationOutcome> RunAsync(Guid id, OrganisationFacts facts, bool isApproved, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = Organisation.KeyOf(facts.Name);
        if (await HolderAsync(id, key, ct) is { } known)
        {
            return known;
        }

        var one = new Organisation { Id = id, Name = facts.Name, NameKey = key, IsApproved = isApproved };
        facts.WriteTo(one, now);
        db.Add(one);
        HistoryEntry.Add<Organisation>(db, id, by, "Added", [], now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return await HolderAsync(id, key, ct) ?? throw new InvalidOperationException($"Organisation {id} could be neither added nor found.", error);
        }

        return new(SaveOrganisationResult.Saved);
    }

    private async Task<SaveOrganisationOutcome?> HolderAsync(Guid id, string key, CancellationToken ct) =>
        await db.Organisations.AsNoTracking().Where(one => one.Id == id || one.NameKey == key).OrderByDescending(one => one.Id == id).FirstOrDefaultAsync(ct) is not { } holder ? null
        : holder.Id == id ? new(SaveOrganisationResult.Saved)
        : new(SaveOrganisationResult.NameTaken, holder.MergedIntoId ?? holder.Id);
}
