using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// Adds a note to a booking and takes one away, each once. History says that there was one and never what it said: a note has an end,
/// and history has none.
/// </summary>
internal sealed class KeepNotes(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="bookingId"></param>
    /// <param name="key">The form's own id, which becomes the note's.</param>
    /// <param name="text"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task AddAsync(Guid bookingId, Guid key, string text, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into booking_notes (id, booking_id, text, author, created_at)
            values ({key}, {bookingId}, {text}, {by.Name}, {now})
            on conflict do nothing
            """,
            ct);
        await NoteAsync(bookingId, by, "Note added", added, now, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task RemoveAsync(Guid bookingId, Guid noteId, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var removed = await db.BookingNotes.Where(note => note.Id == noteId && note.BookingId == bookingId).ExecuteDeleteAsync(ct);
        await NoteAsync(bookingId, by, "Note removed", removed, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    private async Task NoteAsync(Guid bookingId, Actor by, string act, int count, DateTimeOffset now, CancellationToken ct)
    {
        if (count > 0)
        {
            HistoryEntry.Add<Booking>(db, bookingId, by, act, [], now);
            await db.SaveChangesAsync(ct);
        }
    }
}
