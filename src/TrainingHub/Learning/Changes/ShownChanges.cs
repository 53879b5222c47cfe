using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Learning;

/// <summary>
/// Keeps what the public course pages say in step with what is published here. Each of these changes tracked rows only, which its
/// caller saves in the transaction of the act; the catalogue's bell then throws away stored pages.
/// </summary>
internal static class ShownChanges
{
    /// <summary>As the change stands now: its courses while it is published, none otherwise.</summary>
    public static async Task SetAsync(TrainingHubDb db, ContentChange change, CancellationToken ct)
    {
        var stands = await db.ShapedBy.Where(line => line.ChangeId == change.Id).ToListAsync(ct);
        var wanted = change is { PublishedAt: not null, PublicWords: not null } ? change.CourseIds.Distinct().ToList() : [];
        db.RemoveRange(stands.Where(line => !wanted.Contains(line.CourseId)));
        if (wanted.Count == 0)
        {
            return;
        }

        var source = await (
            from action in db.LearningActions
            join recommendation in db.Recommendations on action.RecommendationId equals recommendation.Id
            join one in db.LearningSources on recommendation.SourceId equals one.Id
            where action.Id == change.ActionId
            select new { one.Title, one.Address }).SingleAsync(ct);
        foreach (var course in wanted)
        {
            var line = stands.Find(one => one.CourseId == course);
            if (line is null)
            {
                db.Add(new ShapedBy { CourseId = course, ChangeId = change.Id, Words = change.PublicWords!, Source = source.Title, Address = source.Address, FromOn = change.FromOn });
                continue;
            }

            (line.Words, line.Source, line.Address, line.FromOn) = (change.PublicWords!, source.Title, source.Address, change.FromOn);
        }
    }

    /// <summary>The source is called otherwise, or its publication moved.</summary>
    public static async Task RenameAsync(TrainingHubDb db, Guid source, string title, string? address, CancellationToken ct)
    {
        var changes =
            from change in db.ContentChanges
            join action in db.LearningActions on change.ActionId equals action.Id
            join recommendation in db.Recommendations on action.RecommendationId equals recommendation.Id
            where recommendation.SourceId == source
            select change.Id;
        foreach (var line in await db.ShapedBy.Where(line => changes.Contains(line.ChangeId)).ToListAsync(ct))
        {
            (line.Source, line.Address) = (title, address);
        }
    }
}
