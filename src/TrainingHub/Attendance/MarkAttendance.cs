using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// Puts a mark on a confirmed place, or takes it away (null). The last tap wins; the same tap again changes nothing, not even
/// who made it. Refuses before the day of the date or meeting, on a cancelled date, and for a place that is not on the register.
/// Joins its caller's transaction.
/// </summary>
internal sealed class MarkAttendance(TrainingHubDb db, TimeProvider clock)
{
    public async Task<RegisterRefusal?> RunAsync(Sitting sitting, Guid placeId, Mark? mark, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (refusal, meetings) = await sitting.CheckAsync(db, now, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        // Whoever cancels the place waits, or has done so and it is not found. Two who mark different meetings of it take turns.
        var onRegister = await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where id = {placeId} and run_id = {sitting.RunId} and state = 'Confirmed'
            for no key update
            """).ToListAsync(ct);
        if (onRegister is [])
        {
            return RegisterRefusal.NotOnRegister;
        }

        var before = await BeforeAsync(placeId, sitting.Meeting, ct);
        if (before == mark)
        {
            return null;
        }

        if (sitting.Meeting is { } meeting)
        {
            await WriteAsync(placeId, meeting, mark, by.Id, now, ct);
            await MeetingMark.SettleAsync(db, [placeId], meetings, by.Id, now, ct);
        }
        else
        {
            await WriteAsync(placeId, mark, by.Id, now, ct);
        }

        await RegisterHistory.AddAsync(db, sitting, new Dictionary<Guid, (Mark?, Mark?)> { [placeId] = (before, mark) }, by, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private Task<Mark?> BeforeAsync(Guid placeId, short? meeting, CancellationToken ct) => meeting is { } number
        ? db.MeetingMarks.Where(known => known.PlaceId == placeId && known.Meeting == number).Select(known => (Mark?)known.Mark).SingleOrDefaultAsync(ct)
        : db.AttendanceMarks.Where(known => known.PlaceId == placeId).Select(known => (Mark?)known.Mark).SingleOrDefaultAsync(ct);

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
            set mark = excluded.mark, marked_at = excluded.marked_at, marked_by_id = excluded.marked_by_id,
                minutes = case when excluded.mark <> {nameof(Mark.Absent)} then attendance_marks.minutes end,
                late = case when excluded.mark <> {nameof(Mark.Absent)} then attendance_marks.late end,
                left_early = case when excluded.mark <> {nameof(Mark.Absent)} then attendance_marks.left_early end,
                read_from = case when excluded.mark <> {nameof(Mark.Absent)} then attendance_marks.read_from end
            """,
            ct);
    }

    private Task<int> WriteAsync(Guid placeId, short meeting, Mark? mark, Guid staffUserId, DateTimeOffset now, CancellationToken ct)
    {
        if (mark is not { } wanted)
        {
            return db.MeetingMarks.Where(known => known.PlaceId == placeId && known.Meeting == meeting).ExecuteDeleteAsync(ct);
        }

        return db.Database.ExecuteSqlAsync(
            $"""
            insert into meeting_marks (place_id, meeting, mark, marked_at, marked_by_id)
            values ({placeId}, {meeting}, {wanted.ToString()}, {now}, {staffUserId})
            on conflict (place_id, meeting) do update
            set mark = excluded.mark, marked_at = excluded.marked_at, marked_by_id = excluded.marked_by_id,
                minutes = case when excluded.mark <> {nameof(Mark.Absent)} then meeting_marks.minutes end,
                late = case when excluded.mark <> {nameof(Mark.Absent)} then meeting_marks.late end,
                left_early = case when excluded.mark <> {nameof(Mark.Absent)} then meeting_marks.left_early end,
                read_from = case when excluded.mark <> {nameof(Mark.Absent)} then meeting_marks.read_from end
            """,
            ct);
    }
}
