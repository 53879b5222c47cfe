using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform;

/// <summary>
/// Undoes an act of staff as a whole or not at all, once: under the locks that the act took, with the emails that wait for it taken out
/// of the queue in the same transaction. It is refused once an email or money has left, and once somebody has done anything else to the
/// record. Two at once queue at the act's row, and the second finds it undone.
/// </summary>
internal sealed class UndoAct(TrainingHubDb db, IServiceProvider services, IEnumerable<UndoEntry> kinds, TimeProvider clock)
{
    /// <summary>How it is undone; null when this version does not know the kind.</summary>
    public UndoEntry? KindOf(UndoableAct act) => kinds.FirstOrDefault(kind => kind.Kind == act.Kind);

    public IUndo HandlerOf(UndoEntry kind) => kind.Find(services);

    /// <returns>Null when it is undone.</returns>
    public async Task<UndoRefused?> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        try
        {
            db.ChangeTracker.Clear();
            return await UndoAsync(id, by, ct);
        }
        finally
        {
            // What was refused stays as it was, also for whoever saves next.
            db.ChangeTracker.Clear();
        }
    }

    private async Task<UndoRefused?> UndoAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var act = await db.UndoableActs.FromSql($"select * from undoable_acts where id = {id} for update").SingleOrDefaultAsync(ct);
        if (act is null || KindOf(act) is not { } kind)
        {
            return UndoRefused.Gone;
        }

        var handler = HandlerOf(kind);
        await handler.LockAsync(act, ct);
        var now = clock.GetUtcNow();
        var refused = await WhyNotAsync(act, kind, now, ct) ?? await handler.RunAsync(act, by, now, ct);
        if (refused is not null)
        {
            return refused;
        }

        await TakeEmailsBackAsync(act, ct);
        if (await WhySentAsync(act, now, ct) is { } sent)
        {
            return sent;
        }

        await NoteAsync(act, by, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Why it cannot be undone now; null when it can, as far as can be seen without locks.</summary>
    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, UndoEntry kind, DateTimeOffset now, CancellationToken ct)
    {
        if (act.UndoneId is { } undone)
        {
            return UndoRefused.Before(await db.HistoryEntries.AsNoTracking().SingleAsync(entry => entry.Id == undone, ct), now);
        }

        return now - act.At > UndoableAct.KeptFor
            ? UndoRefused.Gone
            : await WhySentAsync(act, now, ct) ?? await WhyChangedAsync(act, kind, now, ct) ?? await HandlerOf(kind).WhyNotAsync(act, now, ct);
    }

    /// <summary>
    /// Takes those out of the queue that no sender has: a claim and this queue at the row, so one that was claimed first stays, and is
    /// seen by <see cref="WhySentAsync"/>.
    /// </summary>
    private Task<int> TakeEmailsBackAsync(UndoableAct act, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            delete from outgoing_emails
            where act_id = {act.Id}
              and attempt_count = 0
            """,
            ct);

    private async Task<UndoRefused?> WhySentAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var gone = await db.OutgoingEmails.AsNoTracking()
            .Where(email => email.ActId == act.Id && email.AttemptCount > 0)
            .OrderBy(email => email.SentAt)
            .Select(email => new { email.ToAddress, email.SentAt })
            .Take(2)
            .ToListAsync(ct);
        return gone.Count == 0 ? null : UndoRefused.Sent(gone.Count == 1 ? gone[0].ToAddress : null, gone[0].SentAt ?? now, now);
    }

    // A later act that was undone, and its undoing, leave the record as this one left it.
    private async Task<UndoRefused?> WhyChangedAsync(UndoableAct act, UndoEntry kind, DateTimeOffset now, CancellationToken ct)
    {
        if (!kind.IsOfOneRecord)
        {
            return null;
        }

        var later = await (
            from own in db.HistoryEntries
            join entry in db.HistoryEntries on new { own.RecordType, own.RecordId } equals new { entry.RecordType, entry.RecordId }
            where own.Id == act.Id && entry.At > own.At
                && !db.UndoableActs.Any(undone => undone.UndoneId != null && (undone.Id == entry.Id || undone.UndoneId == entry.Id))
            orderby entry.At descending
            select entry).AsNoTracking().FirstOrDefaultAsync(ct);
        return later is null ? null : UndoRefused.ChangedBy(later, now);
    }

    private async Task NoteAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var own = await db.HistoryEntries.AsNoTracking().SingleAsync(entry => entry.Id == act.Id, ct);
        var undone = new HistoryEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ActorId = by.Id,
            Actor = by.Name,
            RecordType = own.RecordType,
            RecordId = own.RecordId,
            Act = $"Undone: {char.ToLowerInvariant(own.Act[0])}{own.Act[1..]}",
            Note = $"The act of {London.Moment(own.At)}.",
            Changes = [],
        };
        db.Add(undone);
        act.Undo(undone.Id);
    }
}
