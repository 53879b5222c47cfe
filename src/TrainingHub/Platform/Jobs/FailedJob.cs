using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Jobs;

/// <summary>A job whose last run, on whatever node, ended in an error.</summary>
internal sealed record FailedJob(string Name, DateTimeOffset StartedAt, string Error)
{
    public string Words => JobEntry.WordsOf(Name);

    /// <summary>Looks at the last run of each by the index, however many runs there are.</summary>
    public static Task<List<FailedJob>> ReadAsync(TrainingHubDb db, IEnumerable<JobEntry> entries, CancellationToken ct)
    {
        var names = entries.Select(entry => entry.Name).ToArray();
        return db.Database.SqlQuery<FailedJob>(
            $"""
            select last.job as "Name", last.started_at as "StartedAt", last.error as "Error"
            from unnest({names}) as entry (job)
            cross join lateral (
                select job_runs.job, job_runs.started_at, job_runs.error
                from job_runs
                where job_runs.job = entry.job
                order by job_runs.started_at desc
                limit 1
            ) last
            where last.error is not null
            order by last.started_at desc, last.job
            """).ToListAsync(ct);
    }
}
