using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// Notes how late somebody came and how early they left, in minutes (1 to 1440; null takes it away), beside a mark of attended or part, which
/// stays as it is. Refuses as <see cref="MarkAttendance"/> does, and where there is no such mark. Joins its caller's transaction.
/// </summary>
internal sealed class NoteMinutes(TrainingHubDb db, TimeProvider clock)
{
    private sealed record Noted(Mark Mark, int? Late, int? LeftEarly);

    public async Task<RegisterRefusal?> RunAsync(Sitting sitting, Guid placeId, int? late, int? leftEarly, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if ((await sitting.CheckAsync(db, now, ct)).WhyNot is { } refusal)
        {
            return refusal;
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
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

        if (await BeforeAsync(placeId, sitting.Meeting, ct) is not { Mark: not Mark.Absent } before)
        {
            return RegisterRefusal.NotMarkedHere;
        }

        var after = before with { Late = late, LeftEarly = leftEarly };
        if (before == after)
        {
            return null;
        }

        await WriteAsync(placeId, sitting.Meeting, after, by.Id, now, ct);
        await RegisterHistory.AddAsync(
            db, sitting, "times noted", new Dictionary<Guid, (string?, string?)> { [placeId] = (MarkDetails.Words(before.Late, before.LeftEarly), MarkDetails.Words(late, leftEarly)) }, by, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private Task<Noted?> BeforeAsync(Guid placeId, short? meeting, CancellationToken ct) => meeting is { } number
        ? db.MeetingMarks.Where(mark => mark.PlaceId == placeId && mark.Meeting == number)
            .Select(mark => new Noted(mark.Mark, mark.Late, mark.LeftEarly)).SingleOrDefaultAsync(ct)
        : db.AttendanceMarks.Where(mark => mark.PlaceId == placeId)
            .Select(mark => new Noted(mark.Mark, mark.Late, mark.LeftEarly)).SingleOrDefaultAsync(ct);

    private Task<int> WriteAsync(Guid placeId, short? meeting, Noted noted, Guid staffUserId, DateTimeOffset now, CancellationToken ct) => meeting is { } number
        ? db.MeetingMarks.Where(mark => mark.PlaceId == placeId && mark.Meeting == number).ExecuteUpdateAsync(
            set => set.SetProperty(mark => mark.Late, noted.Late).SetProperty(mark => mark.LeftEarly, noted.LeftEarly)
                .SetProperty(mark => mark.MarkedAt, now).SetProperty(mark => mark.MarkedById, staffUserId),
            ct)
        : db.AttendanceMarks.Where(mark => mark.PlaceId == placeId).ExecuteUpdateAsync(
            set => set.SetProperty(mark => mark.Late, noted.Late).SetProperty(mark => mark.LeftEarly, noted.LeftEarly)
                .SetProperty(mark => mark.MarkedAt, now).SetProperty(mark => mark.MarkedById, staffUserId),
            ct);
}
