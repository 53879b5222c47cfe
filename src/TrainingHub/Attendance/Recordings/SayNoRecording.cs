using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Attendance;

internal enum NoRecordingResult
{
    Told,

    /// <summary>The event is not over, or was cancelled.</summary>
    NotOver,

    /// <summary>There is something to see: people are told of it.</summary>
    Released,

    /// <summary>More or fewer people have asked than was shown. Nobody was told.</summary>
    ChangedSince,
}

/// <summary>
/// Tells everybody who asked for the recording of an event that there is none, and deletes their addresses, in one transaction under the lock of
/// the date. A second click finds nobody to tell.
/// </summary>
internal sealed class SayNoRecording(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="runId">The date.</param>
    /// <param name="seen">How many people the page said are told.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<NoRecordingResult> RunAsync(Guid runId, int seen, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select from course_runs where id = {runId} for no key update", ct);
        if (await BookingSummaries.RunAsync(db, runId, ct) is not { } date || !date.IsDeliveredAt(now))
        {
            return NoRecordingResult.NotOver;
        }

        if (await db.RecordingReleases.AnyAsync(release => release.RunId == runId, ct))
        {
            return NoRecordingResult.Released;
        }

        var wishes = await db.DateWishes.Where(wish => wish.RunId == runId && wish.ToldAt == null && wish.EndsAt > now).ToListAsync(ct);
        if (wishes.Count == 0 || wishes.Count != seen)
        {
            return NoRecordingResult.ChangedSince;
        }

        foreach (var wish in wishes)
        {
            db.Add(OutgoingEmail.To(wish.Email, new NoRecordingEmail(date.Course, date.When, London.Words(London.DateOf(wish.AskedAt))), now));
        }

        db.RemoveRange(wishes);
        HistoryEntry.Add<CourseRun>(db, runId, by, "Said that there is no recording", [], now, $"{(seen == 1 ? "1 person who had asked was" : $"{seen} people who had asked were")} told");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return NoRecordingResult.Told;
    }
}
