using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <param name="ArchivedAt">Null when it was not in the archive.</param>
/// <param name="OfferOrder">Its place in the offer, if it had one.</param>
/// <param name="Version">Of the course after the act.</param>
internal sealed record CourseBefore(DateTimeOffset? ArchivedAt, int? OfferOrder, int Version);

/// <summary>Undoes the archiving of a course, with its place in the offer, or its return from the archive.</summary>
internal sealed class UndoCourse(TrainingHubDb db) : IUndo
{
    public const string Kind = "archive-course";

    public string Brings(UndoableAct act) => act.What<CourseBefore>() switch
    {
        { ArchivedAt: not null } => "It is archived again.",
        { OfferOrder: not null } => "Visitors see it again, in the offer where it was.",
        _ => "It is in use again, as it was before.",
    };

    // The row, as a date that is added to the course takes it by its foreign key.
    public Task LockAsync(UndoableAct act, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from courses where id = {act.SubjectId} for update", ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var before = act.What<CourseBefore>();
        if (!await db.Courses.AnyAsync(course => course.Id == act.SubjectId && course.Version == before.Version, ct))
        {
            return UndoRefused.Changed("The course");
        }

        return before.ArchivedAt is not null && await DateLines.Coming(db, now).AnyAsync(run => run.CourseId == act.SubjectId, ct)
            ? new(UndoRefusal.ChangedSince, "The course has coming dates by now.")
            : null;
    }

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var before = act.What<CourseBefore>();
        var changed = await db.Courses.Where(course => course.Id == act.SubjectId && course.Version == before.Version).ExecuteUpdateAsync(
            row => row
                .SetProperty(course => course.ArchivedAt, before.ArchivedAt)
                .SetProperty(course => course.OfferOrder, before.OfferOrder)
                .SetProperty(course => course.Version, before.Version + 1),
            ct);
        return changed == 1 ? null : UndoRefused.Changed("The course");
    }

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(CatalogueUrls.StaffCourse(subjectId));
}
