using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Adds a resource, or changes what is said of one and in which courses it is taught, in one transaction. Two never have one title.</summary>
internal sealed class SaveResource(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, ResourceFacts facts, Actor by, CancellationToken ct)
    {
        if (await IsTakenAsync(id, facts.Title, ct))
        {
            return EditOutcome.NameTaken;
        }

        var changes = facts.ChangesFrom(before: null, await AreasAsync(ct), await CoursesAsync(ct));
        db.AddRange(facts.CourseIds.Distinct().Select(course => new ResourceCourse { ResourceId = id, CourseId = course }));
        return await Edit.AddAsync(
            db, new Resource { Id = id, Title = facts.Title, Kind = facts.Kind, Summary = facts.Summary, Url = facts.Url, AreaId = facts.AreaId }, by, changes, clock.GetUtcNow(), ct);
    }

    /// <param name="id">The resource.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ResourceFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.Resources.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } resource)
        {
            return EditOutcome.Unknown;
        }

        var taught = await db.ResourceCourses.Where(one => one.ResourceId == id).ToListAsync(ct);
        var changes = facts.ChangesFrom(ResourceFacts.Of(resource, taught.Select(one => one.CourseId)), await AreasAsync(ct), await CoursesAsync(ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Title, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.RemoveRange(taught.Where(one => !facts.CourseIds.Contains(one.CourseId)));
        db.AddRange(facts.CourseIds.Distinct().Where(course => taught.TrueForAll(one => one.CourseId != course)).Select(course => new ResourceCourse { ResourceId = id, CourseId = course }));
        db.Entry(resource).CurrentValues.SetValues(new { facts.Title, facts.Kind, facts.Summary, facts.Url, facts.AreaId });
        return await Edit.ChangeAsync(db, resource, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string title, CancellationToken ct)
    {
        var pattern = Likeness.Whole(title);
        return db.Resources.AnyAsync(one => one.Id != id && EF.Functions.ILike(one.Title, pattern), ct);
    }

    private Task<Dictionary<Guid, string>> AreasAsync(CancellationToken ct) => db.Areas.ToDictionaryAsync(area => area.Id, area => area.LongName, ct);

    private Task<Dictionary<Guid, string>> CoursesAsync(CancellationToken ct) => db.Courses.ToDictionaryAsync(course => course.Id, course => course.Title, ct);
}
