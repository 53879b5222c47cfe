using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Adds a provider, or changes what is said of one. Two providers never have one name, in capitals or not.</summary>
internal sealed class SaveProvider(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, ProviderFacts facts, Actor by, CancellationToken ct)
    {
        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        var provider = new Provider { Id = id, Name = facts.Name };
        db.Entry(provider).CurrentValues.SetValues(facts);
        return await Edit.AddAsync(db, provider, by, facts.ChangesFrom(new ProviderFacts()), clock.GetUtcNow(), ct);
    }

    /// <param name="id">The provider.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ProviderFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.Providers.SingleOrDefaultAsync(provider => provider.Id == id, ct) is not { } provider)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(ProviderFacts.Of(provider));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(provider).CurrentValues.SetValues(facts);
        return await Edit.ChangeAsync(db, provider, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string name, CancellationToken ct)
    {
        var pattern = Likeness.Whole(name);
        return db.Providers.AnyAsync(provider => provider.Id != id && EF.Functions.ILike(provider.Name, pattern), ct);
    }
}
