using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Learning;

/// <summary>
/// Keeps a document of a provider, also in place of an earlier one of the same provider, or changes what is said of one. Under the
/// provider's lock, so that of two that replace the same one the second is refused (<see cref="EditOutcome.ChangedSince"/>).
/// </summary>
internal sealed class SaveDocument(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The form's own: sent twice, it is added once.</param>
    /// <param name="provider">Whose.</param>
    /// <param name="replaces">The one that it comes after; null begins a line.</param>
    /// <param name="facts">What is said of it.</param>
    /// <param name="file">What is kept.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> AddAsync(Guid id, Guid provider, Guid? replaces, DocumentFacts facts, CheckedFile file, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Providers.FromSql($"select * from providers where id = {provider} for no key update").AsNoTracking().SingleOrDefaultAsync(ct) is null)
        {
            return EditOutcome.Unknown;
        }

        if (await db.ProviderDocuments.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        var now = clock.GetUtcNow();
        if (replaces is { } before && await ProviderDocument.Current(db).Where(one => one.Id == before && one.ProviderId == provider)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ReplacedAt, now).SetProperty(one => one.Version, one => one.Version + 1), ct) == 0)
        {
            return EditOutcome.ChangedSince;
        }

        var document = new ProviderDocument
        {
            Id = id,
            ProviderId = provider,
            Kind = facts.Kind!.Value,
            Name = facts.Name,
            LastOn = facts.LastOn,
            ReplacesId = replaces,
            FileName = file.Name,
            FileKind = file.Kind,
            FileContent = file.Content,
            AddedAt = now,
        };
        if (replaces is { } earlier)
        {
            HistoryEntry.Add<ProviderDocument>(db, earlier, by, "Replaced by a newer one", [], now);
        }

        HistoryEntry.Add<Provider>(db, provider, by, "Document added", HistoryChange.Of(new HistoryChange(QualityWords.Kind(document.Kind), null, document.Name)), now);
        var outcome = await Edit.AddAsync(db, document, by, facts.ChangesFrom(new DocumentFacts()), now, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <param name="id">The document.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, DocumentFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.ProviderDocuments.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } document)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(DocumentFacts.Of(document));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(document).CurrentValues.SetValues(new { Kind = facts.Kind!.Value, facts.Name, facts.LastOn });
        return await Edit.ChangeAsync(db, document, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }
}
