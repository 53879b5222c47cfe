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

        var now = clock.GetUtcNow();
        var undo = KeepUndoOf(record, version, now);
        record.Archive(now);
        return await Edit.ChangeAsync(db, record, version, by, "Archived", [], now, ct, undo);
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

        var now = clock.GetUtcNow();
        var undo = KeepUndoOf(record, version, now);
        record.Restore();
        return await Edit.ChangeAsync(db, record, version, by, "Restored", [], now, ct, undo);
    }

    private Guid KeepUndoOf<T>(T record, int version, DateTimeOffset now)
        where T : class, IEdited
    {
        var undo = KeepUndo.Begin(db, now);
        undo.End(UndoArchive<T>.Kind, record.Id, new ArchivedBefore(record.ArchivedAt, version + 1));
        return undo.Id;
    }
}
