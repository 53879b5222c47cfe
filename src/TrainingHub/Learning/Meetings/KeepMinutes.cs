using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What is typed in a meeting.</summary>
/// <param name="Id">Of the meeting: the form's own while none is open.</param>
/// <param name="Version">As it was opened; 0 for a new one.</param>
/// <param name="HeldOn"></param>
/// <param name="Minutes"></param>
/// <param name="Decisions"></param>
/// <param name="OfActions">By the action; null takes away what stood there. An action that is not named keeps what it has.</param>
internal sealed record TypedMinutes(Guid Id, int Version, DateOnly HeldOn, string? Minutes, string? Decisions, IReadOnlyDictionary<Guid, string?> OfActions);

/// <summary>
/// Keeps the minutes of the open meeting, which the first saving opens, and closes it: then how each action stands is written beside what
/// was said of it, and nothing of it changes any more. Actions that are open stay open, and so stand in the next meeting by themselves.
/// </summary>
internal sealed class KeepMinutes(TrainingHubDb db, TimeProvider clock)
{
    private const int MostActions = 500;

    public Task<EditOutcome> SaveAsync(TypedMinutes typed, Actor by, CancellationToken ct) => RunAsync(typed, by, close: null, ct);

    /// <summary>Saves and closes in one transaction.</summary>
    public Task<EditOutcome> CloseAsync(TypedMinutes typed, Actor by, CancellationToken ct) => RunAsync(typed, by, meeting => FixAsync(meeting, by, ct), ct);

    /// <summary>When the last meeting was closed; null when there was none.</summary>
    public static Task<DateTimeOffset?> LastClosedAsync(TrainingHubDb db, CancellationToken ct) => db.LearningMeetings.MaxAsync(meeting => meeting.ClosedAt, ct);

    /// <summary>What stands on the sheet: open actions, and those that were done or closed since the last meeting.</summary>
    public static async Task<IReadOnlyList<ActionRow>> SheetAsync(TrainingHubDb db, CancellationToken ct)
    {
        var since = await LastClosedAsync(db, ct);
        var moved = db.HistoryEntries.Where(entry => entry.RecordType == nameof(LearningAction) && since != null && entry.At > since).Select(entry => entry.RecordId);
        return await ActionRow.ReadAsync(db, ActionRow.InUse(db).Where(action => action.State == ActionState.Open || moved.Contains(action.Id)), MostActions, ct);
    }

    private async Task<EditOutcome> RunAsync(TypedMinutes typed, Actor by, Func<LearningMeeting, Task>? close, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var open = await db.LearningMeetings.FromSql($"select * from learning_meetings where state = 'Open' for no key update").SingleOrDefaultAsync(ct);
        if (open is null ? typed.Version != 0 || await db.LearningMeetings.AnyAsync(one => one.Id == typed.Id, ct) : open.Id != typed.Id || open.Version != typed.Version)
        {
            return EditOutcome.ChangedSince;
        }

        var meeting = open ?? new LearningMeeting { Id = typed.Id, HeldOn = typed.HeldOn };
        var changes = HistoryChange.Of(
            new("Held on", open is null ? null : LearningWords.Day(meeting.HeldOn), LearningWords.Day(typed.HeldOn)),
            new("Minutes", meeting.Minutes, typed.Minutes),
            new("Decisions", meeting.Decisions, typed.Decisions));
        (meeting.HeldOn, meeting.Minutes, meeting.Decisions) = (typed.HeldOn, typed.Minutes, typed.Decisions);
        meeting.Version++;
        if (open is null)
        {
            db.Add(meeting);
        }

        try
        {
            var minuted = await KeepOfActionsAsync(typed, ct);
            HistoryEntry.Add<LearningMeeting>(
                db, meeting.Id, by, close is null ? "Minutes saved" : "Minutes saved before closing", changes, clock.GetUtcNow(), minuted == 1 ? "1 action minuted" : $"{minuted} actions minuted");
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "ux_learning_meetings_state" or "pk_learning_meetings" })
        {
            // Somebody else opened the meeting at the same time.
            return EditOutcome.ChangedSince;
        }

        if (close is not null)
        {
            await close(meeting);
        }

        await transaction.CommitAsync(ct);
        return EditOutcome.Saved;
    }

    private async Task<int> KeepOfActionsAsync(TypedMinutes typed, CancellationToken ct)
    {
        var kept = await db.MeetingMinutes.Where(minute => minute.MeetingId == typed.Id).ToDictionaryAsync(minute => minute.ActionId, ct);
        var asked = typed.OfActions.Keys.ToList();
        var known = await db.LearningActions.Where(action => asked.Contains(action.Id)).Select(action => action.Id).ToListAsync(ct);
        foreach (var action in known)
        {
            var words = typed.OfActions[action];
            if (kept.TryGetValue(action, out var minute))
            {
                minute.Words = words;
            }
            else if (words is not null)
            {
                minute = new MeetingMinute { MeetingId = typed.Id, ActionId = action, Words = words };
                kept.Add(action, minute);
                db.Add(minute);
            }
        }

        return kept.Values.Count(minute => minute.Words is not null);
    }

    // The rows first: once the meeting is closed they are refused.
    private async Task FixAsync(LearningMeeting meeting, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var kept = await db.MeetingMinutes.Where(minute => minute.MeetingId == meeting.Id).ToDictionaryAsync(minute => minute.ActionId, ct);
        var sheet = (await SheetAsync(db, ct)).ToList();
        var others = kept.Keys.Except(sheet.Select(row => row.Id)).ToList();
        sheet.AddRange(await ActionRow.ReadAsync(db, db.LearningActions.AsNoTracking().Where(action => others.Contains(action.Id)), MostActions, ct));
        foreach (var row in sheet)
        {
            if (!kept.TryGetValue(row.Id, out var minute))
            {
                minute = new MeetingMinute { MeetingId = meeting.Id, ActionId = row.Id };
                db.Add(minute);
            }

            minute.Fix(row, meeting.HeldOn);
        }

        await db.SaveChangesAsync(ct);
        meeting.Close(by.Id == Guid.Empty ? null : by.Id, now);
        HistoryEntry.Add<LearningMeeting>(db, meeting.Id, by, "Closed", [], now, sheet.Count == 1 ? "1 action on the sheet" : $"{sheet.Count} actions on the sheet");
        await db.SaveChangesAsync(ct);
    }
}
