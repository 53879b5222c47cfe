using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Sets until when sessions of a date can be chosen. Choices that were made stay. An act on an earlier version is refused.</summary>
internal sealed class SaveEventPlan(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="runId">The date.</param>
    /// <param name="version">As it was opened; 0 when nothing was settled.</param>
    /// <param name="chooseLastOn">The last day; null is until the event begins.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> RunAsync(Guid runId, int version, DateOnly? chooseLastOn, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.CourseRuns.FromSql($"select * from course_runs where id = {runId} for no key update").AnyAsync(ct))
        {
            return EditOutcome.Unknown;
        }

        var before = await db.EventPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.RunId == runId, ct);
        if ((before?.Version ?? 0) != version)
        {
            return EditOutcome.ChangedSince;
        }

        if (before?.ChooseLastOn == chooseLastOn)
        {
            return EditOutcome.Saved;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into event_plans (run_id, choose_last_on, version)
            values ({runId}, {chooseLastOn}, 1)
            on conflict (run_id) do update set choose_last_on = excluded.choose_last_on, version = event_plans.version + 1
            """,
            ct);
        HistoryEntry.Add<CourseRun>(
            db, runId, by, "Programme changed", [new("Last day to choose sessions", Words(before?.ChooseLastOn), Words(chooseLastOn))], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return EditOutcome.Saved;
    }

    private static string Words(DateOnly? day) => day is { } last ? London.Words(last) : "Until it begins";
}
