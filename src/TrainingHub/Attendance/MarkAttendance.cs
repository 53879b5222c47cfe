using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Attendance;

/// <summary>
/// Puts a mark on a confirmed place, or takes it away (null). The last tap wins; the same tap again changes nothing, not even
/// who made it. Refuses before the day of the date, on a cancelled date, and for a place that is not on the register.
/// </summary>
internal sealed class MarkAttendance(TrainingHubDb db, TimeProvider clock)
{
    public async Task<RegisterRefusal?> RunAsync(Guid runId, Guid placeId, Mark? mark, Guid staffUserId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await WhyNotAsync(db, runId, now, ct) is { } refusal)
        {
            return refusal;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever cancels the place waits, or has done so and it is not found.
        var onRegister = await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where id = {placeId} and run_id = {runId} and state = 'Confirmed'
            for share
            """).ToListAsync(ct);
        if (onRegister is [])
        {
            return RegisterRefusal.NotOnRegister;
        }

        await WriteAsync(placeId, mark, staffUserId, now, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    public static async Task<RegisterRefusal?> WhyNotAsync(TrainingHubDb db, Guid runId, DateTimeOffset now, CancellationToken ct)
    {
        var run = await db.CourseRuns.Where(known => known.Id == runId)
            .Select(known => new { known.State, known.RunsOn })
            .FirstOrDefaultAsync(ct);
        return run is null ? RegisterRefusal.NotOnRegister : Register.WhyNotMark(run.State, run.RunsOn, now);
    }

    private Task<int> WriteAsync(Guid placeId, Mark? mark, Guid staffUserId, DateTimeOffset now, CancellationToken ct)
    {
        if (mark is not { } wanted)
        {
            return db.AttendanceMarks.Where(known => known.PlaceId == placeId).ExecuteDeleteAsync(ct);
        }

        return db.Database.ExecuteSqlAsync(
            $"""
            insert into attendance_marks (place_id, mark, marked_at, marked_by_id)
            values ({placeId}, {wanted.ToString()}, {now}, {staffUserId})
            on conflict (place_id) do update
            set mark = excluded.mark, marked_at = excluded.marked_at, marked_by_id = excluded.marked_by_id
            where attendance_marks.mark <> excluded.mark
            """,
            ct);
    }
}
