using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Publishes drafts, one or many, in one transaction. Those that cannot be published stay drafts; pressed twice, it publishes nothing
/// again. Who asked to hear of dates of a course is told by <see cref="TellOfDates"/>, which finds what visitors see.
/// </summary>
internal sealed class PublishRuns(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>How many were published.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var wanted = ids.ToArray();
        var runs = await db.CourseRuns
            .FromSql($"select * from course_runs where id = any ({wanted}) order by id for no key update")
            .ToDictionaryAsync(run => run.Id, ct);
        var now = clock.GetUtcNow();
        var published = (await DraftDate.ReadAsync(db, db.CourseRuns.Where(run => wanted.Contains(run.Id)), ct))
            .Where(date => date.WhyNotPublish(now) is null)
            .ToList();
        foreach (var date in published)
        {
            runs[date.Line.Id].Publish();
            HistoryEntry.Add<CourseRun>(db, date.Line.Id, by, "Published", [new("Fee", null, date.Line.Price?.Words)], now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return published.Count;
    }
}
