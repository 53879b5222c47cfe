using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Learning;

/// <summary>A provider whom a change concerns.</summary>
/// <param name="Email">Null when none is known: then it cannot be sent.</param>
internal sealed record ConcernedProvider(Guid Id, string Name, string? Email);

internal static class NoticeProviders
{
    /// <summary>Those in use that have delivered one of the courses in the last year, will deliver one, or have a trainer for one.</summary>
    public static Task<List<ConcernedProvider>> OfAsync(TrainingHubDb db, Guid[] courses, DateOnly today, CancellationToken ct)
    {
        var since = today.AddYears(-1);
        return db.Providers.AsNoTracking()
            .Where(provider => provider.ArchivedAt == null
                && (db.CourseRuns.Any(run => run.ProviderId == provider.Id && courses.Contains(run.CourseId) && run.RunsOn >= since && run.State == RunState.Scheduled)
                    || db.Trainers.Any(trainer => trainer.ProviderId == provider.Id && trainer.ArchivedAt == null
                        && db.TrainerCourses.Any(may => may.TrainerId == trainer.Id && courses.Contains(may.CourseId)))))
            .OrderBy(provider => provider.Name).ThenBy(provider => provider.Id)
            .Select(provider => new ConcernedProvider(provider.Id, provider.Name, provider.Email))
            .ToListAsync(ct);
    }
}
