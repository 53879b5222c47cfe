using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>Nothing is kept beside the act: the entry is still there, with its place in the queue.</summary>
internal sealed record TakenOff;

/// <summary>Undoes that staff took somebody off a waiting list: they wait again, where they were. Nobody is told of either.</summary>
internal sealed class UndoTakeOff(TrainingHubDb db) : IUndo
{
    public const string Kind = "take-off-waiting-list";

    public string Brings(UndoableAct act) => "They wait again, at the same place in the queue.";

    // The date first, as cancelling it does, so that nobody waits for one that is cancelled at this moment.
    public async Task LockAsync(UndoableAct act, CancellationToken ct)
    {
        await WaitingLock.DateAsync(db, act.SubjectId, ct);
        await db.Database.ExecuteSqlAsync($"select from waiting_list_entries where id = {act.SubjectId} for update", ct);
    }

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var found = await (
            from entry in db.WaitingListEntries
            join run in db.CourseRuns on entry.RunId equals run.Id
            where entry.Id == act.SubjectId
            select new
            {
                entry.State,
                Run = run.State,
                run.StartsAt,
                WaitsAgain = db.WaitingListEntries.Any(other => other.RunId == entry.RunId && other.EmailKey == entry.EmailKey
                    && other.NameKey == entry.NameKey
                    && (other.State == WaitingState.Waiting || other.State == WaitingState.Offered || other.State == WaitingState.SetAside)),
            }).SingleOrDefaultAsync(ct);
        return found switch
        {
            null or { State: not WaitingState.Left } or { WaitsAgain: true } => UndoRefused.Changed("The waiting list"),
            { Run: not RunState.Scheduled } => new(UndoRefusal.ChangedSince, "The date has been cancelled since."),
            _ when found.StartsAt <= now => UndoRefused.Begun,
            _ => null,
        };
    }

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        (await db.WaitingListEntries.SingleAsync(entry => entry.Id == act.SubjectId, ct)).WaitAgain();
        WaitingListEvent.Add(db, act.SubjectId, WaitingEventKind.WaitsAgain, now);
        await db.SaveChangesAsync(ct);
        return null;
    }

    public async Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) =>
        await db.WaitingListEntries.Where(entry => entry.Id == subjectId).Select(entry => BookingUrls.WaitingListOf(entry.RunId)).SingleOrDefaultAsync(ct);
}
