using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// What a trainer may do to a register, by the commands that staff use: until seven days after the meeting, and until it is closed. Each act holds
/// what it marks before it looks whether the register is closed, so none slips in behind <see cref="CloseRegister"/>. Whether the date
/// is the trainer's own is for <see cref="OwnDates"/> to say, before.
/// </summary>
internal sealed class TrainersRegister(TrainingHubDb db, TimeProvider clock, MarkAttendance mark, NoteMinutes note, MarkAllAttended markAll, UndoMarks undo)
{
    /// <summary>After it only staff correct the register.</summary>
    public const int OpenForDays = 7;

    /// <summary>How long before the date its trainer is told who comes.</summary>
    public static readonly TimeSpan NamedBefore = TimeSpan.FromHours(24);

    /// <summary>Whether a trainer reads who comes, or came: no longer than they need it.</summary>
    public static bool ShowsPeople(DateLine date, DateTimeOffset now) => now >= date.StartsAt - NamedBefore && now < date.EndsAt.AddDays(OpenForDays);

    /// <param name="date">The trainer's own.</param>
    /// <param name="sitting">One of it.</param>
    /// <param name="now"></param>
    public static RegisterRefusal? WhyNotMark(DateLine date, Sitting sitting, DateTimeOffset now)
    {
        var meeting = date.EachMeeting[(sitting.Meeting ?? 1) - 1];
        return Register.WhyNotMark(date.State, meeting.On, now) ?? (now >= meeting.EndsAt.AddDays(OpenForDays) ? RegisterRefusal.OverForTrainers : null);
    }

    /// <summary>Marks one person, or takes the mark away (null).</summary>
    /// <param name="sitting"></param>
    /// <param name="place"></param>
    /// <param name="wanted"></param>
    /// <param name="tap">Which tap of which tab; null where the page was sent without a script.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public Task<RegisterRefusal?> MarkAsync(Sitting sitting, Guid place, Mark? wanted, Tap? tap, Actor by, CancellationToken ct) => ActAsync(
        sitting,
        [place],
        async () => tap is { } one && !await RegisterTap.TakeAsync(db, sitting, place, one, ct) ? null : await mark.RunAsync(sitting, place, wanted, by, ct),
        ct);

    /// <inheritdoc cref="NoteMinutes.RunAsync"/>
    public Task<RegisterRefusal?> NoteAsync(Sitting sitting, Guid place, int? late, int? leftEarly, Actor by, CancellationToken ct) =>
        ActAsync(sitting, [place], () => note.RunAsync(sitting, place, late, leftEarly, by, ct), ct);

    /// <inheritdoc cref="MarkAllAttended.RunAsync"/>
    public async Task<AllAttended> MarkAllAsync(Sitting sitting, Actor by, CancellationToken ct)
    {
        var done = new AllAttended(null, 0);
        var refusal = await ActAsync(sitting, null, async () => (done = await markAll.RunAsync(sitting, by, ct)).Refusal, ct);
        return refusal is null ? done : new(refusal, 0);
    }

    /// <inheritdoc cref="UndoMarks.RunAsync"/>
    public async Task<int> UndoAsync(Sitting sitting, DateTimeOffset markedAt, Actor by, CancellationToken ct)
    {
        var taken = 0;
        await ActAsync(sitting, null, UndoneAsync, ct);
        return taken;

        async Task<RegisterRefusal?> UndoneAsync()
        {
            taken = await undo.RunAsync(sitting, markedAt, by, ct);
            return null;
        }
    }

    /// <summary>Whether the register takes anything from a trainer at this moment. The caller holds what it is about to mark.</summary>
    public async Task<RegisterRefusal?> WhyNotAsync(Sitting sitting, CancellationToken ct) =>
        await DateLines.FindAsync(db, sitting.RunId, ct) is not { } date ? RegisterRefusal.NotOnRegister
        : sitting.Meeting is { } number && (number < 1 || number > date.EachMeeting.Count) ? RegisterRefusal.NotOnRegister
        : WhyNotMark(date, sitting, clock.GetUtcNow()) ?? (await RegisterClosing.Of(db, sitting).AnyAsync(ct) ? RegisterRefusal.ClosedForTrainers : null);

    /// <summary>Holds places of a date, in one order.</summary>
    /// <param name="db"></param>
    /// <param name="run"></param>
    /// <param name="places">Null for all of them.</param>
    /// <param name="ct"></param>
    public static Task<int> HoldAsync(TrainingHubDb db, Guid run, Guid[]? places, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        select id
        from places
        where run_id = {run} and ({places}::uuid[] is null or id = any({places}))
        order by id
        for no key update
        """,
        ct);

    private async Task<RegisterRefusal?> ActAsync(Sitting sitting, Guid[]? places, Func<Task<RegisterRefusal?>> act, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        await HoldAsync(db, sitting.RunId, places, ct);
        if (await WhyNotAsync(sitting, ct) is { } closed)
        {
            return closed;
        }

        var refusal = await act();
        if (refusal is null)
        {
            await transaction.CommitAsync(ct);
        }

        return refusal;
    }
}
