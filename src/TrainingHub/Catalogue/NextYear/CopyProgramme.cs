using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Makes next year's programme from this year's: a draft for each date that has none yet, all of them in one transaction. Pressed twice,
/// or by two people at once, it makes nothing twice: whoever comes second waits and then finds that there is nothing left to do.
/// </summary>
internal sealed class CopyProgramme(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>The act of history that holds what was decided about a copy.</summary>
    public const string Act = "Copied";

    /// <summary>The years that have dates and whose next year is not over, the last first.</summary>
    public async Task<IReadOnlyList<YearToCopy>> YearsAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var days = await db.CourseRuns.Where(run => run.State == RunState.Scheduled)
            .Select(run => new { run.RunsOn, IsCopied = db.CourseRuns.Any(copy => copy.CopiedFromId == run.Id) }).ToListAsync(ct);
        return
        [
            .. days.GroupBy(run => FinancialYear.Of(run.RunsOn))
                .Where(year => year.Key.Next.To >= today)
                .OrderByDescending(year => year.Key.StartsIn)
                .Select(year => new YearToCopy(year.Key, year.Count(), year.Count(run => run.IsCopied))),
        ];
    }

    /// <summary>What copying would make, with what each date will cost by the rule that prices all dates: they are added and taken back.</summary>
    public async Task<NextYearPlan> PlanAsync(FinancialYear year, CancellationToken ct)
    {
        var plan = await PlanCopies.MakeAsync(db, year, clock.GetUtcNow(), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = plan.Dates.Select(copy => AddRuns.NewRun(copy.From.CourseId, $"{Guid.NewGuid():N}", copy.Facts, clock.GetUtcNow()).AsDraft()).ToList();
        db.AddRange(runs);
        await db.SaveChangesAsync(ct);
        var prices = await RunPrices.FindAsync(db, [.. runs.Select(run => run.Id)], ct);
        await transaction.RollbackAsync(ct);
        db.ChangeTracker.Clear();
        return plan with { Dates = [.. plan.Dates.Zip(runs, (copy, run) => copy with { Price = prices.GetValueOrDefault(run.Id) })] };
    }

    /// <returns>How many drafts were made.</returns>
    public async Task<int> RunAsync(FinancialYear year, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AddRuns.OneAtATimeAsync(db, ct);
        var now = clock.GetUtcNow();
        var plan = await PlanCopies.MakeAsync(db, year, now, ct);
        foreach (var copy in plan.Dates)
        {
            var reference = await AddRuns.NewReferenceAsync(db, copy.From.Slug, copy.Facts.RunsOn, ct);
            var run = AddRuns.NewRun(copy.From.CourseId, reference, copy.Facts, now).AsDraft(copy.From.Id);
            db.Add(run);
            HistoryEntry.Add<CourseRun>(
                db, run.Id, by, Act, [new("When", copy.From.When, copy.Facts.When)], now, string.Join(' ', copy.Notes) is { Length: > 0 } note ? note : null);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return plan.Dates.Count;
    }
}
