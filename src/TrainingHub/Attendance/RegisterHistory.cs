using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>
/// Who marked what on a register. Each tap is an entry of the date's history, and the taps of one person at one register are shown as
/// one act. A place is named by its booking, never by the delegate, for history outlives their name.
/// </summary>
internal static class RegisterHistory
{
    /// <summary>Between two taps of one act. Who comes back later has something to put right, which is to be seen.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    private sealed record PlaceName(Guid Id, string Reference, long Number, long Count);

    /// <summary>Adds the entry to what is saved next.</summary>
    /// <param name="db"></param>
    /// <param name="sitting">Whose register.</param>
    /// <param name="marks">Of each place that changed: before and after.</param>
    /// <param name="by"></param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    /// <param name="act">What was done to the register.</param>
    public static Task AddAsync(
        TrainingHubDb db, Sitting sitting, IReadOnlyDictionary<Guid, (Mark? Before, Mark? After)> marks, Actor by, DateTimeOffset now, CancellationToken ct, string act = "marked") =>
        AddAsync(db, sitting, act, marks.ToDictionary(one => one.Key, one => (one.Value.Before?.ToString(), one.Value.After?.ToString())), by, now, ct);

    /// <summary>The same, of what is noted beside the marks.</summary>
    /// <param name="db"></param>
    /// <param name="sitting"></param>
    /// <param name="act"></param>
    /// <param name="changes">Of each place: before and after, in words.</param>
    /// <param name="by"></param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    public static async Task AddAsync(
        TrainingHubDb db, Sitting sitting, string act, IReadOnlyDictionary<Guid, (string? Before, string? After)> changes, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var run = sitting.RunId;
        var names = await db.Database.SqlQuery<PlaceName>(
            $"""
            select places.id, bookings.reference,
                row_number() over (partition by booking_id order by places.id) as number,
                count(*) over (partition by booking_id) as count
            from places
            join bookings on bookings.id = places.booking_id
            where run_id = {run}
            """).ToListAsync(ct);
        HistoryEntry.Add<AttendanceMark>(
            db, run, by, sitting.Meeting is { } meeting ? $"Register of meeting {meeting} {act}" : $"Register {act}",
            [
                .. names.Where(place => changes.ContainsKey(place.Id)).OrderBy(place => place.Reference).ThenBy(place => place.Number).Select(place => new HistoryChange(
                    place.Count == 1 ? $"Booking {place.Reference}" : $"Booking {place.Reference}, place {place.Number}",
                    changes[place.Id].Before, changes[place.Id].After)),
            ],
            now);
    }

    /// <summary>The history of a date as it is shown.</summary>
    /// <param name="all">The last first.</param>
    public static IReadOnlyList<HistoryEntry> Together(IEnumerable<HistoryEntry> all)
    {
        var acts = new List<List<HistoryEntry>>();
        foreach (var entry in all)
        {
            if (acts.Count > 0 && IsOneAct(acts[^1][^1], entry))
            {
                acts[^1].Add(entry);
            }
            else
            {
                acts.Add([entry]);
            }
        }

        return acts.ConvertAll(act => act[0].RecordType == nameof(AttendanceMark) ? Sum(act) : act[0]);
    }

    private static bool IsOneAct(HistoryEntry later, HistoryEntry earlier) =>
        (later.RecordType, later.Act, later.ActorId) == (earlier.RecordType, earlier.Act, earlier.ActorId)
        && later.RecordType == nameof(AttendanceMark) && later.Note is null && earlier.Note is null && later.At - earlier.At <= LongestPause;

    /// <summary>Of each place what it was before the first tap and is after the last; those of which the same became in one line.</summary>
    private static HistoryEntry Sum(List<HistoryEntry> act)
    {
        var places = new Dictionary<string, HistoryChange>();
        foreach (var tap in Enumerable.Reverse(act).SelectMany(entry => entry.Changes))
        {
            places[tap.What] = tap with { Before = places.TryGetValue(tap.What, out var first) ? first.Before : tap.Before };
        }

        return new HistoryEntry
        {
            Id = act[0].Id,
            At = act[0].At,
            ActorId = act[0].ActorId,
            Actor = act[0].Actor,
            RecordType = act[0].RecordType,
            RecordId = act[0].RecordId,
            Act = act[0].Act,
            Note = act[0].Note,
            Changes = [.. HistoryChange.Of(places.Values).GroupBy(place => (place.Before, place.After)).Select(same => same.Count() == 1 ? same.First() : same.First() with { What = $"{same.Count()} places" })],
        };
    }
}
