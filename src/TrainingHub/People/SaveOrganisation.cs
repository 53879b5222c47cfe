using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum SaveOrganisationResult
{
    Saved,

    /// <summary>There is none, or it was merged into another.</summary>
    Gone,

    /// <summary>Somebody else saved it since it was opened.</summary>
    ChangedSince,

    /// <summary>Another organisation has this name.</summary>
    NameTaken,
}

/// <param name="Other">Who has the name.</param>
internal sealed record SaveOrganisationOutcome(SaveOrganisationResult Result, Guid? Other = null);

/// <summary>
/// Changes what is said of an organisation. Its former name stays another name for it, so that what is booked under that goes on
/// landing here. Refuses a name that is another organisation's, which is to be merged with it.
/// </summary>
internal sealed class SaveOrganisation(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The organisation.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<SaveOrganisationOutcome> RunAsync(Guid id, int version, OrganisationFacts facts, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.Organisations.FromSql($"select * from organisations where id = {id} for update").ToListAsync(ct);
        if (found is not [{ MergedIntoId: null } one])
        {
            return new(SaveOrganisationResult.Gone);
        }

        var before = OrganisationFacts.Of(one);
        var words = await db.Sectors.Select(sector => new { sector.Id, sector.Name }).Concat(db.Areas.Select(area => new { area.Id, area.Name }))
            .ToDictionaryAsync(known => known.Id, known => known.Name, ct);
        var changes = facts.ChangesFrom(before, known => words[known]);
        if (changes.Count == 0)
        {
            return new(SaveOrganisationResult.Saved);
        }

        if (one.Version != version)
        {
            return new(SaveOrganisationResult.ChangedSince);
        }

        var key = Organisation.KeyOf(facts.Name);
        if (key != one.NameKey && await RenameAsync(one, key, now, ct) is { } other)
        {
            return new(SaveOrganisationResult.NameTaken, other);
        }

        facts.WriteTo(one, now);
        one.Version++;
        HistoryEntry.Add<Organisation>(db, id, by, "Changed", changes, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(SaveOrganisationResult.Saved);
    }

    /// <returns>Who has the new name; null when it is free or was a former name of this one.</returns>
    private async Task<Guid?> RenameAsync(Organisation one, string key, DateTimeOffset now, CancellationToken ct)
    {
        var holder = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(known => known.NameKey == key, ct);
        if (holder is not null && holder.MergedIntoId != one.Id)
        {
            return holder.MergedIntoId ?? holder.Id;
        }

        var (formerName, formerKey) = (one.Name, one.NameKey);
        await db.Organisations.Where(known => known.NameKey == key).ExecuteDeleteAsync(ct);
        await db.Organisations.Where(known => known.Id == one.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.NameKey, key), ct);
        one.NameKey = key;
        db.Add(new Organisation { Id = Guid.CreateVersion7(now), Name = formerName, NameKey = formerKey, MergedIntoId = one.Id });
        return null;
    }
}
