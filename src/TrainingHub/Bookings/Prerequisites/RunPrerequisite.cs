using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>What a date asks of those who come to it, for commands that have the date locked.</summary>
internal static class RunPrerequisite
{
    /// <returns>Null when people are asked about no course.</returns>
    public static async Task<Prerequisite?> FindAsync(TrainingHubDb db, Guid runId, CancellationToken ct) =>
        (await BookingSummaries.RunAsync(db, runId, ct))?.Prerequisite;

    /// <summary>Staff took somebody without the course: why, and never whom.</summary>
    public static void NoteWithout(TrainingHubDb db, Guid bookingId, Actor by, string? because, DateTimeOffset now) =>
        HistoryEntry.Add<Booking>(db, bookingId, by, "Taken without the course to do first", [], now, because);
}
