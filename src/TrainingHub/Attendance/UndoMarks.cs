using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// Takes back the marks that somebody set in one act: all at once, or from a report. Such an act sets only what had no mark, so that without
/// them the register is what it was. Whatever was marked anew since then stays. A second run finds none.
/// Joins its caller's transaction.
/// </summary>
internal sealed class UndoMarks(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>How long it is offered.</summary>
    public static readonly TimeSpan Offered = TimeSpan.FromDays(1);

    /// <returns>How many were taken back.</returns>
    public async Task<int> RunAsync(Sitting sitting, DateTimeOffset markedAt, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (refusal, meetings) = await sitting.CheckAsync(db, now, ct);
        if (refusal is not null || now - markedAt > Offered)
        {
            return 0;
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var places = (await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where run_id = {sitting.RunId}
            order by id
            for no key update
            """).ToListAsync(ct)).ToArray();
        var taken = await TakeAsync(sitting, places, markedAt, by.Id, ct);
        if (taken.Count > 0)
        {
            if (sitting.Meeting is not null)
            {
                await MeetingMark.SettleAsync(db, [.. taken.Select(one => one.PlaceId)], meetings, by.Id, now, ct);
            }

            await RegisterHistory.AddAsync(
                db, sitting, taken.ToDictionary(one => one.PlaceId, one => ((Mark?)Enum.Parse<Mark>(one.Mark), (Mark?)null)), by, now, ct, "put back");
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return taken.Count;
    }

    private sealed record Taken(Guid PlaceId, string Mark);

    private Task<List<Taken>> TakeAsync(Sitting sitting, Guid[] places, DateTimeOffset markedAt, Guid staffUserId, CancellationToken ct) =>
        (sitting.Meeting is { } meeting
            ? db.Database.SqlQuery<Taken>(
                $"""
                delete from meeting_marks
                where place_id = any({places}) and meeting = {meeting} and marked_at = {markedAt} and marked_by_id = {staffUserId}
                returning place_id as "PlaceId", mark as "Mark"
                """)
            : db.Database.SqlQuery<Taken>(
                $"""
                delete from attendance_marks
                where place_id = any({places}) and marked_at = {markedAt} and marked_by_id = {staffUserId}
                returning place_id as "PlaceId", mark as "Mark"
                """)).ToListAsync(ct);
}
