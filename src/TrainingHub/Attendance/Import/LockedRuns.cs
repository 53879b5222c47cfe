using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Attendance;

/// <summary>Dates whose rows are locked until the transaction ends, so that their places cannot change meanwhile.</summary>
internal static class LockedRuns
{
    /// <summary>Locks the named dates, in the order of their ids, as everybody does who locks several. Case does not matter.</summary>
    public static Task<List<CourseRun>> LockAsync(TrainingHubDb db, IEnumerable<string> references, CancellationToken ct)
    {
        string[] keys = [.. references.Select(reference => reference.ToLowerInvariant()).Distinct()];
        return db.CourseRuns
            .FromSql($"select * from course_runs where lower(reference) = any({keys}) order by id for update")
            .AsNoTracking()
            .ToListAsync(ct);
    }
}
