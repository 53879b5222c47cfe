using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// What speaks against holding a date on a day: the past, bank holidays, school holidays of its area, and its venue or trainer being
/// elsewhere at that time, on a date that is published or in draft. None of it forbids the date: staff may know better.
/// </summary>
internal sealed class RunObstacles
{
    private sealed record Held(Guid Id, Guid CourseId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, Guid? VenueId, Guid? ProviderId);

    private readonly Dictionary<DateOnly, List<Held>> held = [];
    private readonly IReadOnlyList<SchoolHoliday> holidays;
    private readonly Guid? bothAreas;
    private readonly DateTimeOffset now;

    private RunObstacles(IReadOnlyList<SchoolHoliday> holidays, Guid? bothAreas, DateTimeOffset now) =>
        (this.holidays, this.bothAreas, this.now) = (holidays, bothAreas, now);

    /// <summary>All that is known of these days, the first and the last included.</summary>
    public static async Task<RunObstacles> ReadAsync(TrainingHubDb db, DateOnly from, DateOnly until, DateTimeOffset now, CancellationToken ct)
    {
        var holidays = await db.SchoolHolidays.AsNoTracking()
            .Where(holiday => holiday.ArchivedAt == null && holiday.FromOn <= until && holiday.UntilOn >= from)
            .OrderBy(holiday => holiday.FromOn).ThenBy(holiday => holiday.Id).ToListAsync(ct);
        var both = await db.Areas.Where(area => area.Name == "Both").Select(area => (Guid?)area.Id).FirstOrDefaultAsync(ct);
        var obstacles = new RunObstacles(holidays, both, now);
        foreach (var run in await db.CourseRuns.AsNoTracking()
            .Where(run => run.State != RunState.Cancelled && run.RunsOn >= from && run.RunsOn <= until)
            .Select(run => new { run.RunsOn, Held = new Held(run.Id, run.CourseId, run.StartsAt, run.EndsAt, run.VenueId, run.ProviderId) })
            .ToListAsync(ct))
        {
            obstacles.On(run.RunsOn).Add(run.Held);
        }

        return obstacles;
    }

    /// <summary>From now on, this date is in the way of others.</summary>
    public void Hold(Guid id, Guid course, RunFacts facts) =>
        On(facts.RunsOn).Add(new(id, course, facts.StartsAt, facts.EndsAt, facts.VenueId, facts.ProviderId));

    public bool HasCourseOn(Guid course, DateOnly day) => held.TryGetValue(day, out var all) && all.Exists(run => run.CourseId == course);

    /// <param name="facts">Of the date.</param>
    /// <param name="self">The date itself, which is not in its own way; null for a new one.</param>
    /// <returns>As staff read it; null when nothing speaks against it.</returns>
    public string? WhyNot(RunFacts facts, Guid? self = null)
    {
        var clashes = On(facts.RunsOn).FindAll(run => run.Id != self && run.StartsAt < facts.EndsAt && facts.StartsAt < run.EndsAt);
        return facts.StartsAt <= now ? "It is in the past."
            : WorkingDays.IsBankHoliday(facts.RunsOn) ? "It is a bank holiday."
            : holidays.FirstOrDefault(holiday => Closes(holiday, facts)) is { } holiday ? $"It is in the school holidays: {holiday.Name}."
            : clashes.Exists(run => facts.VenueId is not null && run.VenueId == facts.VenueId) ? "The venue is taken by another date."
            : clashes.Exists(run => facts.ProviderId is not null && run.ProviderId == facts.ProviderId) ? "The trainer holds another date."
            : null;
    }

    // A date of both areas, or of none that is known, is for people of each.
    private bool Closes(SchoolHoliday holiday, RunFacts facts) =>
        holiday.FromOn <= facts.RunsOn && facts.RunsOn <= holiday.UntilOn
        && (holiday.AreaId is null || holiday.AreaId == bothAreas || facts.AreaId is null || facts.AreaId == bothAreas || facts.AreaId == holiday.AreaId);

    private List<Held> On(DateOnly day)
    {
        if (!held.TryGetValue(day, out var all))
        {
            held[day] = all = [];
        }

        return all;
    }
}
