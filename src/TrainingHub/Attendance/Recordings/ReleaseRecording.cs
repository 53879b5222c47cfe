using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

internal enum ReleaseResult
{
    Released,

    /// <summary>The event is not over: who came is not known.</summary>
    NotOver,

    /// <summary>There is no link to tell of.</summary>
    NoLinks,

    /// <summary>The last day is over, or more than twelve months after the event.</summary>
    WrongEnd,

    /// <summary>Somebody else settled it after the page was opened. Nothing was changed.</summary>
    ChangedSince,
}

/// <summary>
/// Lets those who came to an event, or asked for its recording, have its links until a day; <see cref="TellOfRecordings"/> writes to them.
/// Done again it changes the day alone, and nobody is written to a second time. Addresses of those who asked are kept as long as that.
/// </summary>
internal sealed class ReleaseRecording(TrainingHubDb db, TimeProvider clock)
{
    public async Task<ReleaseResult> RunAsync(Guid runId, int version, DateOnly endsOn, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var run = await db.CourseRuns.FromSql($"select * from course_runs where id = {runId} for no key update").AsNoTracking().SingleAsync(ct);
        var before = await db.RecordingReleases.AsNoTracking().SingleOrDefaultAsync(one => one.RunId == runId, ct);
        if (run.State != RunState.Scheduled || !run.HasEndedAt(now))
        {
            return ReleaseResult.NotOver;
        }

        if ((before?.Version ?? 0) != version)
        {
            return ReleaseResult.ChangedSince;
        }

        var today = London.DateOf(now);
        if (endsOn < today || endsOn > London.DateOf(run.EndsAt).AddMonths(RecordingRelease.MostMonths))
        {
            return ReleaseResult.WrongEnd;
        }

        if (!(await db.EventLinks.AsNoTracking().Where(link => link.RunId == runId).ToListAsync(ct)).Exists(link => link.IsShownOn(today)))
        {
            return ReleaseResult.NoLinks;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into recording_releases (run_id, released_at, ends_on, version)
            values ({runId}, {now}, {endsOn}, 1)
            on conflict (run_id) do update set ends_on = excluded.ends_on, version = recording_releases.version + 1
            """,
            ct);
        var endsAt = RecordingRelease.EndOf(endsOn);
        await db.DateWishes.Where(wish => wish.RunId == runId && wish.ToldAt != null).ExecuteUpdateAsync(set => set.SetProperty(wish => wish.EndsAt, endsAt), ct);
        HistoryEntry.Add<CourseRun>(
            db, runId, by, before is null ? "Recording released" : "End of the recording changed", [new("Last day of the recording", before is null ? null : London.Words(before.EndsOn), London.Words(endsOn))], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ReleaseResult.Released;
    }
}
