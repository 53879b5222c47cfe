using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Adds a course as a draft, or changes what is said of one. A changed title stays with the course: it is found, imported and reported
/// under each, and its address is the same for ever. A title of another course is refused.
/// </summary>
internal sealed class SaveCourse(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, CourseFacts facts, Actor by, CancellationToken ct)
    {
        if (await OwnerOfAsync(facts.Title, ct) is not null)
        {
            return EditOutcome.NameTaken;
        }

        var slug = await FreeSlugAsync(facts.Title, ct);
        var course = new Course { Id = id, Slug = slug, Title = facts.Title, IsDraft = true };
        db.Entry(course).CurrentValues.SetValues(facts);
        AddTitle(id, facts.Title);
        var changes = facts.ChangesFrom(new CourseFacts(), await PrerequisitesAsync([facts.PrerequisiteId], ct));
        return await Edit.AddAsync(db, course, by, changes, clock.GetUtcNow(), ct);
    }

    /// <param name="id">The course.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, CourseFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.Courses.SingleOrDefaultAsync(course => course.Id == id, ct) is not { } course)
        {
            return EditOutcome.Unknown;
        }

        var before = CourseFacts.Of(course);
        var changes = facts.ChangesFrom(before, await PrerequisitesAsync([before.PrerequisiteId, facts.PrerequisiteId], ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(course).CurrentValues.SetValues(facts);
        if (facts.Title != before.Title)
        {
            var owner = await OwnerOfAsync(facts.Title, ct);
            if (owner is not null && owner != id)
            {
                db.ChangeTracker.Clear();
                return EditOutcome.NameTaken;
            }

            if (owner is null)
            {
                AddTitle(id, facts.Title);
            }

            if (await OwnerOfAsync(before.Title, ct) is null)
            {
                AddTitle(id, before.Title);
            }

            db.Entry(course).Property(edited => edited.SearchWords).CurrentValue = $"{course.SearchWords} {before.Title}".Trim();
        }

        return await Edit.ChangeAsync(db, course, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private void AddTitle(Guid course, string title) =>
        db.Add(new CourseTitle { Id = Guid.CreateVersion7(), CourseId = course, Title = title, TitleKey = CourseTitle.KeyOf(title) });

    /// <summary>Whose title it is or was.</summary>
    private async Task<Guid?> OwnerOfAsync(string title, CancellationToken ct)
    {
        var key = CourseTitle.KeyOf(title);
        return await db.CourseTitles.Where(known => known.TitleKey == key).Select(known => (Guid?)known.CourseId).SingleOrDefaultAsync(ct);
    }

    private async Task<string> FreeSlugAsync(string title, CancellationToken ct)
    {
        var slug = CourseFinder.SlugOf(title);
        var taken = await db.Courses.Where(course => course.Slug.StartsWith(slug)).Select(course => course.Slug).ToListAsync(ct);
        return CourseFinder.FreeSlug(slug, taken.Contains);
    }

    private Task<Dictionary<Guid, string>> PrerequisitesAsync(IEnumerable<Guid?> ids, CancellationToken ct)
    {
        var wanted = ids.OfType<Guid>().ToList();
        return db.Courses.Where(course => wanted.Contains(course.Id)).ToDictionaryAsync(course => course.Id, course => course.Title, ct);
    }
}
