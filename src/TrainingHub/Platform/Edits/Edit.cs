using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform;

internal enum EditOutcome
{
    /// <summary>Saved with its entry of history; or nothing was different, and nothing was written.</summary>
    Saved,

    /// <summary>Somebody else acted on the record after it was opened. Nothing was saved.</summary>
    ChangedSince,

    /// <summary>Another record has this name. Nothing was saved.</summary>
    NameTaken,

    /// <summary>There is no such record.</summary>
    Unknown,
}

/// <summary>Saves what one act of staff did to one record, in one transaction with its entry of history, if nobody else was first.</summary>
internal static class Edit
{
    /// <summary>Stands in an address where the id of a record stands, for one that is not there yet.</summary>
    public const string New = "new";

    /// <param name="db">Tracks the new record, and what else the act adds.</param>
    /// <param name="record">New.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">To stop.</param>
    public static Task<EditOutcome> AddAsync<T>(
        TrainingHubDb db, T record, Actor by, IReadOnlyList<HistoryChange> facts, DateTimeOffset now, CancellationToken ct)
        where T : class, IEdited
    {
        db.Add(record);
        HistoryEntry.Add<T>(db, record.Id, by, "Added", facts, now);
        return SaveAsync(db, ct, key: db.Model.FindEntityType(typeof(T))?.FindPrimaryKey()?.GetName());
    }

    /// <param name="db">Tracks the record, with its changes on it.</param>
    /// <param name="record">Changed.</param>
    /// <param name="version">Of the record as it was opened.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="act">What was done, as a past participle.</param>
    /// <param name="changes">What is different.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">To stop.</param>
    /// <param name="entry">The id of the entry, where the act can be undone.</param>
    public static Task<EditOutcome> ChangeAsync<T>(
        TrainingHubDb db, T record, int version, Actor by, string act, IReadOnlyList<HistoryChange> changes, DateTimeOffset now, CancellationToken ct,
        Guid? entry = null)
        where T : class, IEdited
    {
        var token = db.Entry(record).Property(edited => edited.Version);
        token.OriginalValue = version;
        token.CurrentValue = version + 1;
        HistoryEntry.Add<T>(db, record.Id, by, act, changes, now, id: entry);
        return SaveAsync(db, ct);
    }

    /// <summary>What was done to the record after that version, the last first.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> SinceAsync<T>(TrainingHubDb db, Guid id, int version, CancellationToken ct)
        where T : class, IEdited
    {
        var current = await db.Set<T>().Where(record => record.Id == id).Select(record => record.Version).SingleAsync(ct);
        return [.. (await HistoryEntry.OfAsync<T>(db, id, ct)).Take(Math.Max(0, current - version))];
    }

    /// <param name="db"></param>
    /// <param name="ct">To stop.</param>
    /// <param name="key">Of a new record, whose id is that of its form: sent twice at once, it is added once.</param>
    private static async Task<EditOutcome> SaveAsync(TrainingHubDb db, CancellationToken ct, string? key = null)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return EditOutcome.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            return EditOutcome.ChangedSince;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: { } index } && IsOfName(index))
        {
            return EditOutcome.NameTaken;
        }
        catch (DbUpdateException e) when (key is not null && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: { } index } && index == key)
        {
            return EditOutcome.Saved;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    // Each record has one name that no other has; what it is called differs.
    private static bool IsOfName(string index) =>
        index.StartsWith("ux_", StringComparison.Ordinal) && (index.EndsWith("_name", StringComparison.Ordinal) || index.EndsWith("_title", StringComparison.Ordinal)
            || index.EndsWith("_slug", StringComparison.Ordinal) || index.EndsWith("_title_key", StringComparison.Ordinal));
}
