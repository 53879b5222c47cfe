using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Attendance;

/// <summary>A date whose row is locked until the transaction ends, so that its places cannot change meanwhile.</summary>
internal sealed record LockedRun(Guid Id, string Reference, int Capacity, int PlacesTaken, DateOnly RunsOn, string State)
{
    public RunState RunState => Enum.Parse<RunState>(State);

    /// <summary>Locks the named dates, in the order of their ids, as everybody does who locks several. Case does not matter.</summary>
    public static Task<List<LockedRun>> LockAsync(TrainingHubDb db, IEnumerable<string> references, CancellationToken ct)
    {
        string[] keys = [.. references.Select(reference => reference.ToLowerInvariant()).Distinct()];
        return db.Database.SqlQuery<LockedRun>(
            $"""
            select id, reference, capacity, places_taken as "PlacesTaken", runs_on as "RunsOn", state
            from course_runs
            where lower(reference) = any({keys})
            order by id
            for update
            """).ToListAsync(ct);
    }
}
