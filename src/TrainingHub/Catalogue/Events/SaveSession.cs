using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum SaveSessionResult
{
    Saved,

    /// <summary>There is no such date or session.</summary>
    Unknown,

    /// <summary>Somebody else acted on the session after it was opened. Nothing was saved.</summary>
    ChangedSince,

    /// <summary>Not within the hours of the date on that day, or the date has no such day.</summary>
    OutsideDate,

    /// <summary>It begins or ends in the middle of another slot.</summary>
    Overlaps,

    /// <summary>Somebody has chosen it for these times.</summary>
    TimesChosen,

    /// <summary>More people have chosen it.</summary>
    TooFewPlaces,
}

/// <summary>What staff say of a session.</summary>
/// <param name="Begins"></param>
/// <param name="Ends"></param>
/// <param name="Title"></param>
/// <param name="About"></param>
/// <param name="Speakers"></param>
/// <param name="Room"></param>
/// <param name="Capacity">Null is as many as come.</param>
/// <param name="Meeting">From 1: on which day of the event.</param>
internal sealed record SessionFacts(
    TimeOnly Begins, TimeOnly Ends, string Title, string? About, string? Speakers, string? Room, int? Capacity, short Meeting = 1)
{
    public bool IsAtTimesOf(SessionFacts other) => (Meeting, Begins, Ends) == (other.Meeting, other.Begins, other.Ends);

    public IReadOnlyList<HistoryChange> ChangesFrom(SessionFacts? before, IReadOnlyList<Meeting> meetings) => HistoryChange.Of(
        new("Title", before?.Title, Title),
        new("Times", before?.When(meetings), When(meetings)),
        new("About", before?.About, About),
        new("Speakers", before?.Speakers, Speakers),
        new("Room", before?.Room, Room),
        new("Places", before is null ? null : Places(before.Capacity), Places(Capacity)));

    private string When(IReadOnlyList<Meeting> meetings) =>
        MeetingWords.When(MeetingWords.DayOf(meetings, Meeting), $"{London.Words(Begins)} to {London.Words(Ends)}");

    private static string Places(int? capacity) => capacity is { } most ? $"{most}" : "As many as come";
}

/// <summary>
/// Adds a session to the programme of a date, or changes one. Sessions with the same times of a day are one slot, of which each person chooses
/// one; slots never overlap. Under the lock of the date, which those who choose share: its times stay once somebody has chosen it, and it never
/// has fewer places than are taken. Nobody is told: the pages say it at once.
/// </summary>
internal sealed class SaveSession(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="runId">The date.</param>
    /// <param name="id">Of the session; a second delivery of the form that adds it changes nothing.</param>
    /// <param name="facts">All of them.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<SaveSessionResult> AddAsync(Guid runId, Guid id, SessionFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(runId, ct) is not { } run)
        {
            return SaveSessionResult.Unknown;
        }

        if (await db.EventSessions.AnyAsync(session => session.Id == id, ct))
        {
            return SaveSessionResult.Saved;
        }

        var (slot, refusal) = await SlotAsync(run, facts, leaving: null, ct);
        if (refusal is { } why)
        {
            return why;
        }

        db.Add(new EventSession
        {
            Id = id,
            SlotId = slot,
            Title = facts.Title,
            About = facts.About,
            Speakers = facts.Speakers,
            Room = facts.Room,
            Capacity = facts.Capacity,
        });
        await SaveAsync(run, by, "Session added", facts, before: null, ct);
        await transaction.CommitAsync(ct);
        return SaveSessionResult.Saved;
    }

    /// <param name="runId">The date.</param>
    /// <param name="id">Of the session.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<SaveSessionResult> ChangeAsync(Guid runId, Guid id, int version, SessionFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(runId, ct) is not { } run
            || await db.EventSessions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } session
            || await db.EventSlots.AsNoTracking().SingleOrDefaultAsync(one => one.Id == session.SlotId && one.RunId == runId, ct) is not { } own)
        {
            return SaveSessionResult.Unknown;
        }

        if (session.Version != version)
        {
            return SaveSessionResult.ChangedSince;
        }

        var before = new SessionFacts(own.Begins, own.Ends, session.Title, session.About, session.Speakers, session.Room, session.Capacity, own.Meeting);
        if (before == facts)
        {
            return SaveSessionResult.Saved;
        }

        if (facts.Capacity < session.PlacesTaken)
        {
            return SaveSessionResult.TooFewPlaces;
        }

        var slot = own.Id;
        if (!facts.IsAtTimesOf(before))
        {
            if (session.PlacesTaken > 0)
            {
                return SaveSessionResult.TimesChosen;
            }

            var isAlone = !await db.EventSessions.AnyAsync(other => other.SlotId == own.Id && other.Id != id, ct);
            (slot, var refusal) = await SlotAsync(run, facts, isAlone ? own : null, ct);
            if (refusal is { } why)
            {
                return why;
            }

            // The key of a session holds its slot, so it goes there by a statement.
            await db.Database.ExecuteSqlAsync($"update event_sessions set slot_id = {slot} where id = {id}", ct);
        }

        await db.EventSessions.Where(one => one.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.Title, facts.Title).SetProperty(one => one.About, facts.About).SetProperty(one => one.Speakers, facts.Speakers)
                .SetProperty(one => one.Room, facts.Room).SetProperty(one => one.Capacity, facts.Capacity).SetProperty(one => one.Version, version + 1),
            ct);
        await db.EventSlots.Where(one => one.RunId == runId && !db.EventSessions.Any(other => other.SlotId == one.Id)).ExecuteDeleteAsync(ct);
        await SaveAsync(run, by, "Session changed", facts, before, ct);
        await transaction.CommitAsync(ct);
        return SaveSessionResult.Saved;
    }

    /// <summary>The slot of these times, which is made when there is none.</summary>
    private async Task<(Guid Slot, SaveSessionResult? Refusal)> SlotAsync(CourseRun run, SessionFacts facts, EventSlot? leaving, CancellationToken ct)
    {
        if (facts.Meeting < 1 || facts.Meeting > run.EachMeeting.Count)
        {
            return (default, SaveSessionResult.OutsideDate);
        }

        var day = run.EachMeeting[facts.Meeting - 1];
        if (facts.Begins < TimeOnly.FromDateTime(London.At(day.StartsAt)) || facts.Ends > TimeOnly.FromDateTime(London.At(day.EndsAt)))
        {
            return (default, SaveSessionResult.OutsideDate);
        }

        var slots = await db.EventSlots.AsNoTracking().Where(one => one.RunId == run.Id && one.Meeting == facts.Meeting).OrderBy(one => one.Begins).ToListAsync(ct);
        if (slots.FirstOrDefault(one => one.Begins == facts.Begins && one.Ends == facts.Ends) is { } same)
        {
            return (same.Id, null);
        }

        if (slots.Exists(one => one.Id != leaving?.Id && one.Overlaps(facts.Begins, facts.Ends)))
        {
            return (default, SaveSessionResult.Overlaps);
        }

        if (leaving is not null && leaving.Meeting == facts.Meeting && leaving.Begins == facts.Begins)
        {
            // Two slots of a date never begin together, not even for a moment.
            await db.EventSlots.Where(one => one.Id == leaving.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Ends, facts.Ends), ct);
            return (leaving.Id, null);
        }

        var slot = new EventSlot { Id = Guid.CreateVersion7(clock.GetUtcNow()), RunId = run.Id, Meeting = facts.Meeting, Begins = facts.Begins, Ends = facts.Ends };
        db.Add(slot);
        await db.SaveChangesAsync(ct);
        return (slot.Id, null);
    }

    private Task<CourseRun?> LockAsync(Guid runId, CancellationToken ct) =>
        db.CourseRuns.FromSql($"select * from course_runs where id = {runId} for no key update").AsNoTracking().SingleOrDefaultAsync(ct);

    private async Task SaveAsync(CourseRun run, Actor by, string act, SessionFacts facts, SessionFacts? before, CancellationToken ct)
    {
        HistoryEntry.Add<CourseRun>(db, run.Id, by, act, facts.ChangesFrom(before, run.EachMeeting), clock.GetUtcNow(), facts.Title);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
