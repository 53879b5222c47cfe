using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// What speaks against holding a date on a day: the past, bank holidays, school holidays of its area, and its venue or trainer being
/// elsewhere at that time, on a date that is published or in draft. None of it forbids the date: staff may know better.
/// </summary>
internal sealed class RunObstacles
{
    private sealed record Held(Guid Id, Guid CourseId, Meeting Meeting, Guid? VenueId, Guid? ProviderId);

    private readonly Dictionary<DateOnly, List<Held>> held = [];
    private readonly IReadOnlyList<SchoolHoliday> holidays;
    private readonly HashSet<Guid?> everywhere;
    private readonly DateTimeOffset now;

    private RunObstacles(IReadOnlyList<SchoolHoliday> holidays, HashSet<Guid?> everywhere, DateTimeOffset now) =>
        (this.holidays, this.everywhere, this.now) = (holidays, everywhere, now);

    /// <summary>All that is known of these days, the first and the last included.</summary>
    public static async Task<RunObstacles> ReadAsync(TrainingHubDb db, DateOnly from, DateOnly until, DateTimeOffset now, CancellationToken ct)
    {
        var holidays = await db.SchoolHolidays.AsNoTracking()
            .Where(holiday => holiday.ArchivedAt == null && holiday.FromOn <= until && holiday.UntilOn >= from)
            .OrderBy(holiday => holiday.FromOn).ThenBy(holiday => holiday.Id).ToListAsync(ct);
        var everywhere = await db.Areas.Where(area => area.Kind == AreaKind.Everywhere).Select(area => (Guid?)area.Id).ToListAsync(ct);
        var obstacles = new RunObstacles(holidays, [.. everywhere], now);
        var (begin, end) = (London.Instant(from, TimeOnly.MinValue), London.Instant(until.AddDays(1), TimeOnly.MinValue));
        foreach (var run in await db.CourseRuns.AsNoTracking()
            .Where(run => run.State != RunState.Cancelled && run.StartsAt < end && run.EndsAt > begin).ToListAsync(ct))
        {
            obstacles.Hold(run.Id, run.CourseId, RunFacts.Of(run));
        }

        return obstacles;
    }

    /// <summary>From now on, this date is in the way of others.</summary>
    public void Hold(Guid id, Guid course, RunFacts facts)
    {
        foreach (var meeting in facts.EachMeeting)
        {
            On(meeting.On).Add(new(id, course, meeting, facts.VenueId, facts.ProviderId));
        }
    }

    public bool HasCourseOn(Guid course, DateOnly day) => held.TryGetValue(day, out var all) && all.Exists(run => run.CourseId == course);

    /// <param name="facts">Of the date.</param>
    /// <param name="self">The date itself, which is not in its own way; null for a new one.</param>
    /// <returns>As staff read it; null when nothing speaks against it.</returns>
    public string? WhyNot(RunFacts facts, Guid? self = null)
    {
        var clashes = facts.EachMeeting.SelectMany(one => On(one.On).Where(run => run.Id != self && one.Overlaps(run.Meeting))).ToList();
        return facts.StartsAt <= now ? "It is in the past."
            : facts.Limits.HeldBack?.Until <= now ? "Its places would be held until a day that is over."
            : First(facts, WorkingDays.IsBankHoliday) is { } free ? $"{Which(facts, free)} a bank holiday."
            : First(facts, day => HolidayOn(day, facts) is not null) is { } closed ? $"{Which(facts, closed)} in the school holidays: {HolidayOn(closed, facts)!.Name}."
            : clashes.Exists(run => facts.VenueId is not null && run.VenueId == facts.VenueId) ? "The venue is taken by another date."
            : clashes.Exists(run => facts.ProviderId is not null && run.ProviderId == facts.ProviderId) ? "The trainer holds another date."
            : null;
    }

    private static DateOnly? First(RunFacts facts, Func<DateOnly, bool> isSo) =>
        facts.EachMeeting.Select(one => (DateOnly?)one.On).FirstOrDefault(day => isSo(day!.Value));

    // Of several meetings, the day is named when it is not the first.
    private static string Which(RunFacts facts, DateOnly day) => day == facts.RunsOn ? "It is" : $"{London.LongWords(day)} is";

    private SchoolHoliday? HolidayOn(DateOnly day, RunFacts facts) =>
        holidays.FirstOrDefault(holiday => holiday.FromOn <= day && day <= holiday.UntilOn && IsFor(holiday, facts.AreaId));

    // A date for every area, or of none that is known, is for people of each.
    private bool IsFor(SchoolHoliday holiday, Guid? area) =>
        holiday.AreaId is null || everywhere.Contains(holiday.AreaId) || area is null || everywhere.Contains(area) || area == holiday.AreaId;

    private List<Held> On(DateOnly day)
    {
        if (!held.TryGetValue(day, out var all))
        {
            held[day] = all = [];
        }

        return all;
    }
}
