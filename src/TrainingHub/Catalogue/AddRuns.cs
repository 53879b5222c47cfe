using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>A day that a pattern gives, and why it had better not be taken.</summary>
/// <param name="Facts"></param>
/// <param name="WhyNot">As staff read it; null when nothing speaks against it.</param>
internal sealed record PlannedRun(RunFacts Facts, string? WhyNot);

/// <summary>
/// Adds dates to a course: one, or as many as a pattern gives. What is planned is shown first, with what speaks against each day; only the
/// days that were then chosen are added, in one transaction.
/// </summary>
internal sealed class AddRuns(TrainingHubDb db, TimeProvider clock)
{
    public const int Most = 60;

    /// <summary>The days of a pattern, each with what speaks against it.</summary>
    public async Task<IReadOnlyList<PlannedRun>> PlanAsync(RunFacts first, Repeat repeat, int count, CancellationToken ct)
    {
        var all = Days(first.RunsOn, repeat, count).Select(first.On).ToList();
        var obstacles = await RunObstacles.ReadAsync(db, all[0].RunsOn, London.DateOf(all.Max(facts => facts.EndsAt)), clock.GetUtcNow(), ct);
        return [.. all.Select(facts => new PlannedRun(facts, obstacles.WhyNot(facts)))];
    }

    /// <summary>What such a date would cost, by the rule that prices all dates: it is added and taken back. Null when nothing says it.</summary>
    public async Task<Price?> PriceAsync(Guid courseId, RunFacts facts, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var run = NewRun(courseId, $"{Guid.NewGuid():N}", facts, clock.GetUtcNow());
        db.Add(run);
        await db.SaveChangesAsync(ct);
        var price = await RunPrices.FindAsync(db, run.Id, ct);
        await transaction.RollbackAsync(ct);
        db.ChangeTracker.Clear();
        return price;
    }

    /// <param name="courseId"></param>
    /// <param name="dates"></param>
    /// <param name="state">As drafts, or published at once: then a date that nothing says the fee of stays a draft.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <returns>The ids of the dates, in the order given.</returns>
    public async Task<IReadOnlyList<Guid>> RunAsync(Guid courseId, IReadOnlyList<RunFacts> dates, RunState state, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var slug = await db.Courses.Where(course => course.Id == courseId).Select(course => course.Slug).SingleAsync(ct);
        await OneAtATimeAsync(db, ct);
        var ids = new List<Guid>();
        foreach (var facts in dates)
        {
            var run = NewRun(courseId, await NewReferenceAsync(db, slug, facts.RunsOn, ct), facts, now);
            db.Add(state == RunState.Draft ? run.AsDraft() : run);
            HistoryEntry.Add<CourseRun>(db, run.Id, by, state == RunState.Draft ? "Drafted" : "Created", [], now);
            await db.SaveChangesAsync(ct);
            ids.Add(run.Id);
        }

        await db.CourseRuns.Where(run => ids.Contains(run.Id) && !db.RunPrices.Any(price => price.RunId == run.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.State, RunState.Draft), ct);
        await transaction.CommitAsync(ct);
        return ids;
    }

    /// <summary>Whoever adds dates waits for who does already, until the transaction ends: references are counted on.</summary>
    public static Task OneAtATimeAsync(TrainingHubDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('add runs'))", ct);

    private static IEnumerable<DateOnly> Days(DateOnly first, Repeat repeat, int count) => Enumerable.Range(0, Math.Clamp(count, 1, Most)).Select(index => repeat switch
    {
        Repeat.Once => first,
        Repeat.EveryWeek => first.AddDays(7 * index),
        Repeat.EveryOtherWeek => first.AddDays(14 * index),
        Repeat.EveryMonth => SameWeekday(first, index),
    }).Distinct();

    /// <summary>"The second Tuesday" of that many months later; the last one where there is no fifth.</summary>
    private static DateOnly SameWeekday(DateOnly first, int months)
    {
        var start = new DateOnly(first.Year, first.Month, 1).AddMonths(months);
        var offset = ((int)first.DayOfWeek - (int)start.DayOfWeek + 7) % 7;
        var day = start.AddDays(offset + (7 * ((first.Day - 1) / 7)));
        return day.Month == start.Month ? day : day.AddDays(-7);
    }

    /// <summary>The course's initials and the day, "WTI-2026-11-03"; a number where that is taken.</summary>
    public static async Task<string> NewReferenceAsync(TrainingHubDb db, string slug, DateOnly day, CancellationToken ct)
    {
        var initials = string.Concat(slug.Split('-', StringSplitOptions.RemoveEmptyEntries).Take(4).Select(word => char.ToUpperInvariant(word[0])));
        var stem = string.Create(CultureInfo.InvariantCulture, $"{initials}-{day:yyyy-MM-dd}");
        var taken = await db.CourseRuns.Where(run => run.Reference.StartsWith(stem)).Select(run => run.Reference).ToListAsync(ct);
        var reference = stem;
        for (var number = 2; taken.Contains(reference); number++)
        {
            reference = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        }

        return reference;
    }

    public static CourseRun NewRun(Guid courseId, string reference, RunFacts facts, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Reference = reference,
        CourseId = courseId,
        StartsAt = facts.StartsAt,
        EndsAt = facts.EndsAt,
        Meetings = facts.Meetings,
        RunsOn = facts.RunsOn,
        Slot = facts.Slot,
        Capacity = facts.Capacity,
        BooksUntil = facts.Limits.BooksUntil(facts.StartsAt),
        MinimumPlaces = facts.Limits.Minimum,
        HeldBack = facts.Limits.HeldBack?.Places ?? 0,
        HeldBackForId = facts.Limits.HeldBack?.SectorId,
        HeldBackUntil = facts.Limits.HeldBack?.Until,
        Delivery = facts.Delivery,
        VenueId = facts.VenueId,
        AreaId = facts.AreaId,
        ProviderId = facts.ProviderId,
        FeePence = facts.FeePence,
        JoiningLink = facts.JoiningLink,
    };
}

internal enum Repeat
{
    Once,
    EveryWeek,
    EveryOtherWeek,

    /// <summary>On the same weekday of the month, such as its second Tuesday.</summary>
    EveryMonth,
}
