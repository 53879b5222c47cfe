using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Works out what copying a year makes of it; it writes nothing.</summary>
internal sealed class PlanCopies
{
    private readonly NextYearPlan empty;
    private readonly RunObstacles obstacles;
    private readonly IReadOnlySet<Guid> archived;
    private readonly IReadOnlySet<Guid> archivedCourses;

    private PlanCopies(NextYearPlan empty, RunObstacles obstacles, IReadOnlySet<Guid> archived, IReadOnlySet<Guid> archivedCourses) =>
        (this.empty, this.obstacles, this.archived, this.archivedCourses) = (empty, obstacles, archived, archivedCourses);

    public static async Task<NextYearPlan> MakeAsync(TrainingHubDb db, FinancialYear year, DateTimeOffset now, CancellationToken ct)
    {
        var runs = await db.CourseRuns.AsNoTracking().Where(run => run.State != RunState.Draft && run.RunsOn >= year.From && run.RunsOn <= year.To)
            .ToDictionaryAsync(run => run.Id, ct);
        var lines = await DateLines.Of(db, db.CourseRuns.Where(run => run.State != RunState.Draft && run.RunsOn >= year.From && run.RunsOn <= year.To))
            .OrderBy(line => line.StartsAt).ThenBy(line => line.Id).ToListAsync(ct);
        var copied = await db.CourseRuns.Where(run => run.CopiedFromId != null).Select(run => run.CopiedFromId!.Value).ToHashSetAsync(ct);
        var plan = new PlanCopies(
            new(year, [], [], lines.Count(line => copied.Contains(line.Id))),
            await RunObstacles.ReadAsync(db, year.Next.From, year.Next.Next.To, now, ct),
            await db.Venues.Where(venue => venue.ArchivedAt != null).Select(venue => venue.Id)
                .Concat(db.Providers.Where(provider => provider.ArchivedAt != null).Select(provider => provider.Id)).ToHashSetAsync(ct),
            await db.Courses.Where(course => course.ArchivedAt != null).Select(course => course.Id).ToHashSetAsync(ct));
        return plan.Make([.. lines.Where(line => !copied.Contains(line.Id)).Select(line => (line, runs[line.Id]))]);
    }

    // What can stay on its weekday a year on is placed first, beside what it stood beside this year; then what has to evade something.
    private NextYearPlan Make(IReadOnlyList<(DateLine Line, CourseRun Run)> dates)
    {
        var leftOut = dates.Select(date => (date.Line, Why: WhyLeftOut(date.Line))).Where(date => date.Why is not null).ToList();
        var copies = dates.Where(date => WhyLeftOut(date.Line) is null).Select(date => Copy(date.Line, RunFacts.Of(date.Run))).ToList();
        var stays = copies.Where(copy => obstacles.WhyNot(copy.Facts) is null && copy.Facts.RunsOn.DayNumber - copy.From.RunsOn.DayNumber == 364).ToHashSet();
        foreach (var copy in stays)
        {
            obstacles.Hold(copy.From.Id, copy.From.CourseId, copy.Facts);
        }

        var placed = copies.Select(copy => stays.Contains(copy) ? copy : Evade(copy)).ToList();
        return empty with
        {
            Dates = [.. placed.Select(copy => copy with { Trouble = obstacles.WhyNot(copy.Facts, copy.From.Id) })],
            LeftOut = [.. leftOut.Select(date => new LeftOut(date.Line, date.Why!))],
        };
    }

    private string? WhyLeftOut(DateLine line) =>
        line.State == RunState.Cancelled ? "The date was cancelled."
        : archivedCourses.Contains(line.CourseId) ? "The course is archived."
        : null;

    private PlannedCopy Copy(DateLine line, RunFacts known)
    {
        var notes = new List<string>();
        // Who joins where is decided anew: a link of last year leads into a meeting that is over.
        var facts = known.On(SameWeekday.In(empty.Next, known.RunsOn)) with { JoiningLink = null };
        if (facts.VenueId is { } venue && archived.Contains(venue))
        {
            facts = facts with { VenueId = null };
            notes.Add($"{line.Venue} is archived, so it has no venue yet.");
        }

        if (facts.ProviderId is { } provider && archived.Contains(provider))
        {
            facts = facts with { ProviderId = null };
            notes.Add($"{line.Provider} is archived, so it has no trainer yet.");
        }

        if (facts.FeePence is not null)
        {
            notes.Add("It keeps a fee of its own, over that of the course.");
        }

        return new(line, facts, notes, Trouble: null);
    }

    private PlannedCopy Evade(PlannedCopy copy)
    {
        var (day, placed) = (copy.Facts.RunsOn, copy);
        if (obstacles.WhyNot(copy.Facts) is { } why && Free(copy.From.CourseId, copy.Facts) is { } free)
        {
            var note = $"Not {London.ShortWords(day)}: {Within(why)} {Weeks(free.DayNumber - day.DayNumber)}";
            placed = copy with { Facts = copy.Facts.On(free), Notes = [note, .. copy.Notes] };
        }

        obstacles.Hold(placed.From.Id, placed.From.CourseId, placed.Facts);
        return placed;
    }

    // A weekday keeps its capital.
    private static string Within(string sentence) =>
        sentence.StartsWith("It ", StringComparison.Ordinal) || sentence.StartsWith("The ", StringComparison.Ordinal)
            ? $"{char.ToLowerInvariant(sentence[0])}{sentence[1..]}" : sentence;

    // Not on a day on which the course is held already: a date that evades a holiday would stand beside its neighbour.
    private DateOnly? Free(Guid course, RunFacts facts) => SameWeekday.FreeFrom(
        empty.Next, facts.RunsOn, day => obstacles.WhyNot(facts.On(day)) is null && !obstacles.HasCourseOn(course, day));

    private static string Weeks(int days) => (Math.Abs(days) / 7, days > 0) switch
    {
        (1, true) => "Moved a week later.",
        (1, false) => "Moved a week earlier.",
        (var weeks, true) => $"Moved {weeks} weeks later.",
        (var weeks, false) => $"Moved {weeks} weeks earlier.",
    };
}
