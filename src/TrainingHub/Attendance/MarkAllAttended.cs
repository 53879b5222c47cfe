using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

internal sealed record AllAttended(RegisterRefusal? Refusal, int Marked);

/// <summary>
/// Marks every confirmed place that has no mark yet as attended, and leaves existing marks. A second run finds none.
/// Refuses as <see cref="MarkAttendance"/> does. Joins its caller's transaction.
/// </summary>
internal sealed class MarkAllAttended(TrainingHubDb db, TimeProvider clock)
{
    public async Task<AllAttended> RunAsync(Sitting sitting, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (refusal, meetings) = await sitting.CheckAsync(db, now, ct);
        if (refusal is not null)
        {
            return new(refusal, 0);
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        // In one order, so that two who press at once wait for each other and not in a circle.
        var places = (await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where run_id = {sitting.RunId} and state = 'Confirmed'
            order by id
            for no key update
            """).ToListAsync(ct)).ToArray();
        var marked = sitting.Meeting is { } meeting
            ? await MarkMeetingAsync(places, meeting, meetings, by.Id, now, ct)
            : await db.Database.SqlQuery<Guid>(
                $"""
                insert into attendance_marks (place_id, mark, marked_at, marked_by_id)
                select place_id, {nameof(Mark.Attended)}, {now}, {by.Id}
                from unnest({places}) as place_id
                on conflict (place_id) do nothing
                returning place_id as "Value"
                """).ToListAsync(ct);
        if (marked.Count > 0)
        {
            await RegisterHistory.AddAsync(db, sitting, marked.ToDictionary(place => place, _ => ((Mark?)null, (Mark?)Mark.Attended)), by, now, ct);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return new(null, marked.Count);
    }

    private async Task<List<Guid>> MarkMeetingAsync(Guid[] places, short meeting, int meetings, Guid staffUserId, DateTimeOffset now, CancellationToken ct)
    {
        var marked = await db.Database.SqlQuery<Guid>(
            $"""
            insert into meeting_marks (place_id, meeting, mark, marked_at, marked_by_id)
            select place_id, {meeting}, {nameof(Mark.Attended)}, {now}, {staffUserId}
            from unnest({places}) as place_id
            on conflict (place_id, meeting) do nothing
            returning place_id as "Value"
            """).ToListAsync(ct);
        await MeetingMark.SettleAsync(db, places, meetings, staffUserId, now, ct);
        return marked;
    }
}
