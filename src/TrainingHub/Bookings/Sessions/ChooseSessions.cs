using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

internal enum ChooseSessionsResult
{
    Chosen,

    /// <summary>The place is not confirmed, is cancelled, or its date is.</summary>
    NotComing,

    /// <summary>The last day to choose is over, or the event has begun.</summary>
    Closed,

    /// <summary>One of the sessions is not in the programme any more.</summary>
    ProgrammeChanged,

    /// <summary>At least one of the sessions has no place left. Nothing was changed.</summary>
    Full,
}

/// <param name="FullSlots">Where another session has to be chosen.</param>
internal sealed record ChooseSessionsOutcome(ChooseSessionsResult Result, IReadOnlyList<Guid> FullSlots);

/// <summary>
/// Whoever has a place chooses sessions, or changes what was chosen: all that is asked for or nothing. Slots that are not named stay as they
/// are. Each session counts its places by one conditional update, with a CHECK in the table as the last word, so none is ever oversold. The
/// date's row is shared among those who choose and kept from whoever ends or moves places, which all lock it; sessions are taken in the order
/// of their ids, so no two deadlock. The same choice again changes nothing.
/// </summary>
internal sealed class ChooseSessions(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="placeId">The place.</param>
    /// <param name="wanted">A session for each slot.</param>
    /// <param name="ct">To stop.</param>
    public async Task<ChooseSessionsOutcome> RunAsync(Guid placeId, IReadOnlyDictionary<Guid, Guid> wanted, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runId = await db.Places.Where(one => one.Id == placeId).Select(one => one.RunId).SingleAsync(ct);
        var run = await db.CourseRuns.FromSql($"select * from course_runs where id = {runId} for share").AsNoTracking().SingleAsync(ct);
        var place = await db.Places.FromSql($"select * from places where id = {placeId} for no key update").AsNoTracking().SingleAsync(ct);
        if (place.RunId != runId || place.State != PlaceState.Confirmed || run.State != RunState.Scheduled)
        {
            return Refused(ChooseSessionsResult.NotComing);
        }

        var programme = await EventProgramme.ReadAsync(db, runId, ct);
        if (EventPlan.ClosesAt(programme.ChooseLastOn, run.StartsAt) <= clock.GetUtcNow())
        {
            return Refused(ChooseSessionsResult.Closed);
        }

        var slots = programme.Slots.Where(slot => slot.IsChoice).ToDictionary(slot => slot.Id);
        if (wanted.Any(one => !slots.TryGetValue(one.Key, out var slot) || slot.Sessions.All(session => session.Id != one.Value)))
        {
            return Refused(ChooseSessionsResult.ProgrammeChanged);
        }

        var had = await db.SessionChoices.AsNoTracking().Where(choice => choice.PlaceId == placeId).ToDictionaryAsync(choice => choice.SlotId, choice => choice.SessionId, ct);
        var changed = wanted.Where(one => had.GetValueOrDefault(one.Key) != one.Value).ToList();
        var full = changed.Where(one => slots[one.Key].Sessions.Single(session => session.Id == one.Value).IsFull).Select(one => one.Key).ToList();
        if (full.Count > 0)
        {
            return new(ChooseSessionsResult.Full, full);
        }

        await CountAsync(changed, had, full, ct);
        if (full.Count > 0)
        {
            return new(ChooseSessionsResult.Full, full);
        }

        foreach (var (slot, session) in changed)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into session_choices (place_id, slot_id, session_id, chosen_at)
                values ({placeId}, {slot}, {session}, {clock.GetUtcNow()})
                on conflict (place_id, slot_id) do update set session_id = excluded.session_id, chosen_at = excluded.chosen_at
                """,
                ct);
        }

        await transaction.CommitAsync(ct);
        return new(ChooseSessionsResult.Chosen, []);
    }

    private async Task CountAsync(List<KeyValuePair<Guid, Guid>> changed, Dictionary<Guid, Guid> had, List<Guid> full, CancellationToken ct)
    {
        var steps = changed.Select(one => (Session: one.Value, Slot: one.Key, IsTaken: true))
            .Concat(changed.Where(one => had.ContainsKey(one.Key)).Select(one => (Session: had[one.Key], Slot: one.Key, IsTaken: false)));
        foreach (var (session, slot, isTaken) in steps.OrderBy(step => step.Session))
        {
            if (!isTaken)
            {
                await db.Database.ExecuteSqlAsync($"update event_sessions set places_taken = places_taken - 1 where id = {session}", ct);
            }
            else if (await db.Database.ExecuteSqlAsync(
                $"update event_sessions set places_taken = places_taken + 1 where id = {session} and (capacity is null or places_taken < capacity)", ct) == 0)
            {
                full.Add(slot);
            }
        }
    }

    private static ChooseSessionsOutcome Refused(ChooseSessionsResult result) => new(result, []);
}
