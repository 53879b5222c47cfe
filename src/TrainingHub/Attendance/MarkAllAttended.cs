using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Attendance;

internal sealed record AllAttended(RegisterRefusal? Refusal, int Marked);

/// <summary>
/// Marks every confirmed place that has no mark yet as attended, and leaves existing marks. A second run finds none.
/// Refuses as <see cref="MarkAttendance"/> does.
/// </summary>
internal sealed class MarkAllAttended(TrainingHubDb db, TimeProvider clock)
{
    public async Task<AllAttended> RunAsync(Guid runId, Guid staffUserId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await MarkAttendance.WhyNotAsync(db, runId, now, ct) is { } refusal)
        {
            return new(refusal, 0);
        }

        var marked = await db.Database.ExecuteSqlAsync(
            $"""
            insert into attendance_marks (place_id, mark, marked_at, marked_by_id)
            select id, {nameof(Mark.Attended)}, {now}, {staffUserId}
            from places
            where run_id = {runId} and state = 'Confirmed'
            for share
            on conflict (place_id) do nothing
            """,
            ct);
        return new(null, marked);
    }
}
