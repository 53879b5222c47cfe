using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Takes the people off a provider, a trainer or a venue, and says so in its history. Joins its caller's transaction.</summary>
internal sealed class ClearContacts(TrainingHubDb db, TimeProvider clock)
{
    public Task<bool> OfProviderAsync(Provider one, Actor by, CancellationToken ct)
    {
        var facts = ProviderFacts.Of(one);
        (facts.ContactName, facts.Email, facts.Phone) = (null, null, null);
        return SaveAsync(one, facts, facts.ChangesFrom(ProviderFacts.Of(one)), by, ct);
    }

    public Task<bool> OfTrainerAsync(Trainer one, Actor by, CancellationToken ct)
    {
        var facts = new TrainerFacts { Name = KeptContacts.FormerTrainer };
        return SaveAsync(one, facts, facts.ChangesFrom(TrainerFacts.Of(one)), by, ct);
    }

    public Task<bool> OfVenueAsync(Venue one, Actor by, CancellationToken ct)
    {
        var facts = VenueFacts.Of(one);
        (facts.ContactName, facts.ContactPhone) = (null, null);
        return SaveAsync(one, facts, facts.ChangesFrom(VenueFacts.Of(one)), by, ct);
    }

    /// <returns>False when somebody else changed it meanwhile.</returns>
    private async Task<bool> SaveAsync<T>(T record, object facts, IReadOnlyList<HistoryChange> changes, Actor by, CancellationToken ct)
        where T : class, IEdited
    {
        db.Attach(record).CurrentValues.SetValues(facts);
        return await Edit.ChangeAsync(db, record, record.Version, by, "Contact details cleared", changes, clock.GetUtcNow(), ct) == EditOutcome.Saved;
    }
}
