using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform;

/// <summary>
/// Takes a record out of use instead of deleting it, or back into use. What refers to it stays as it is. A second time changes nothing.
/// </summary>
internal sealed class ArchiveRecord(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> ArchiveAsync<T>(Guid id, int version, Actor by, CancellationToken ct)
        where T : class, IEdited
    {
        if (await db.Set<T>().SingleOrDefaultAsync(record => record.Id == id, ct) is not { } record)
        {
            return EditOutcome.Unknown;
        }

        if (record.ArchivedAt is not null)
        {
            return EditOutcome.Saved;
        }

        record.Archive(clock.GetUtcNow());
        return await Edit.ChangeAsync(db, record, version, by, "Archived", [], clock.GetUtcNow(), ct);
    }

    public async Task<EditOutcome> RestoreAsync<T>(Guid id, int version, Actor by, CancellationToken ct)
        where T : class, IEdited
    {
        if (await db.Set<T>().SingleOrDefaultAsync(record => record.Id == id, ct) is not { } record)
        {
            return EditOutcome.Unknown;
        }

        if (record.ArchivedAt is null)
        {
            return EditOutcome.Saved;
        }

        record.Restore();
        return await Edit.ChangeAsync(db, record, version, by, "Restored", [], clock.GetUtcNow(), ct);
    }
}
