using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>What a report says of one place, as a person decided or the rule proposed.</summary>
/// <param name="PlaceId"></param>
/// <param name="Mark">Never absent: that is not for a report to say.</param>
/// <param name="Minutes">Null when not known.</param>
/// <param name="Late"></param>
/// <param name="LeftEarly"></param>
internal sealed record ReportedMark(Guid PlaceId, Mark Mark, int? Minutes, int? Late, int? LeftEarly);

/// <param name="Refusal"></param>
/// <param name="Set">The places that have their mark from the report.</param>
internal sealed record AcceptedReport(RegisterRefusal? Refusal, IReadOnlyCollection<Guid> Set);

/// <summary>
/// Sets marks that were read from a report on places that have none. A mark that is there stays, also one that somebody makes at this moment, so
/// the same report a second time changes nothing. Of the report only minutes stay, and whose it was.
/// </summary>
internal sealed class AcceptReport(TrainingHubDb db, TimeProvider clock)
{
    public async Task<AcceptedReport> RunAsync(Sitting sitting, ReportKind from, IReadOnlyList<ReportedMark> marks, Actor by, CancellationToken ct)
    {
        if (marks.Any(mark => mark.Mark == Mark.Absent))
        {
            throw new ArgumentException("A report marks nobody absent.", nameof(marks));
        }

        var now = clock.GetUtcNow();
        // The command line has no account.
        Guid? account = by.Id == Guid.Empty ? null : by.Id;
        var (refusal, meetings) = await sitting.CheckAsync(db, now, ct);
        if (refusal is not null)
        {
            return new(refusal, []);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var named = marks.Select(mark => mark.PlaceId).ToArray();
        // In one order, as whoever marks all at once.
        var places = await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where run_id = {sitting.RunId} and state = 'Confirmed' and id = any({named})
            order by id
            for no key update
            """).ToListAsync(ct);
        var rows = marks.Where(mark => places.Contains(mark.PlaceId)).DistinctBy(mark => mark.PlaceId).ToList();
        var set = await WriteAsync(sitting, from, rows, account, now, ct);
        if (set.Count > 0)
        {
            if (sitting.Meeting is not null)
            {
                await MeetingMark.SettleAsync(db, [.. set], meetings, account, now, ct);
            }

            var after = rows.Where(mark => set.Contains(mark.PlaceId)).ToDictionary(mark => mark.PlaceId, mark => ((Mark?)null, (Mark?)mark.Mark));
            await RegisterHistory.AddAsync(db, sitting, after, by, now, ct, $"marked from {ReportWords.A(from)}");
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return new(null, set);
    }

    private async Task<IReadOnlyList<Guid>> WriteAsync(
        Sitting sitting, ReportKind from, List<ReportedMark> rows, Guid? staffUserId, DateTimeOffset now, CancellationToken ct)
    {
        var (places, marks) = (rows.ConvertAll(row => row.PlaceId).ToArray(), rows.ConvertAll(row => row.Mark.ToString()).ToArray());
        var (minutes, late, early) = (
            rows.ConvertAll(row => Within(row.Minutes, 0)).ToArray(), rows.ConvertAll(row => Within(row.Late, 1)).ToArray(), rows.ConvertAll(row => Within(row.LeftEarly, 1)).ToArray());
        return await (sitting.Meeting is { } meeting
            ? db.Database.SqlQuery<Guid>(
                $"""
                insert into meeting_marks (place_id, meeting, mark, marked_at, marked_by_id, minutes, late, left_early, read_from)
                select place_id, {meeting}, mark, {now}, {staffUserId}::uuid, minutes, late, left_early, {from.ToString()}
                from unnest({places}, {marks}, {minutes}, {late}, {early}) as given (place_id, mark, minutes, late, left_early)
                where not exists (select from meeting_marks known where known.place_id = given.place_id and known.meeting = {meeting})
                on conflict (place_id, meeting) do nothing
                returning place_id as "Value"
                """)
            : db.Database.SqlQuery<Guid>(
                $"""
                insert into attendance_marks (place_id, mark, marked_at, marked_by_id, minutes, late, left_early, read_from)
                select place_id, mark, {now}, {staffUserId}::uuid, minutes, late, left_early, {from.ToString()}
                from unnest({places}, {marks}, {minutes}, {late}, {early}) as given (place_id, mark, minutes, late, left_early)
                where not exists (select from attendance_marks known where known.place_id = given.place_id)
                on conflict (place_id) do nothing
                returning place_id as "Value"
                """)).ToListAsync(ct);
    }

    private static int? Within(int? minutes, int least) => minutes is { } known && known >= least ? Math.Min(known, MarkDetails.MostMinutes) : null;
}
