using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <param name="Outcome">Saved also when it was refused for another reason.</param>
/// <param name="Refusal">Null when it was done.</param>
internal sealed record MovedCourse(EditOutcome Outcome, CourseRefusal? Refusal = null);

/// <summary>
/// Takes a course through its life: from draft into the offer, out of it and into it again, into the archive and back. A course that
/// was published is no draft again: others link to it.
/// </summary>
internal sealed class MoveCourse(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Shows a draft to visitors, at the end of the offer.</summary>
    public Task<MovedCourse> PublishAsync(Guid id, int version, Actor by, CancellationToken ct) =>
        RunAsync(id, version, by, "Published", CourseStanding.Draft, async course =>
        {
            var refusal = WhyNotPublish(CourseFacts.Of(course));
            if (refusal is null)
            {
                db.Entry(course).Property(edited => edited.IsDraft).CurrentValue = false;
                await OfferAsync(course, ct);
            }

            return refusal;
        }, ct);

    /// <summary>Leaves its page, which then says that there are no dates now, and takes wishes for them.</summary>
    public Task<MovedCourse> TakeOutAsync(Guid id, int version, Actor by, CancellationToken ct) =>
        RunAsync(id, version, by, "Taken out of the offer", CourseStanding.InOffer, course =>
        {
            db.Entry(course).Property(edited => edited.OfferOrder).CurrentValue = null;
            return Task.FromResult<CourseRefusal?>(null);
        }, ct);

    public Task<MovedCourse> PutInAsync(Guid id, int version, Actor by, CancellationToken ct) =>
        RunAsync(id, version, by, "Put into the offer", CourseStanding.NotOffered, async course =>
        {
            await OfferAsync(course, ct);
            return null;
        }, ct);

    /// <summary>Takes it off the public site. Its past dates and figures stay. Refused while dates are coming.</summary>
    public Task<MovedCourse> ArchiveAsync(Guid id, int version, Actor by, CancellationToken ct) =>
        RunAsync(id, version, by, "Archived", from: null, async course =>
        {
            var now = clock.GetUtcNow();
            if (course.Standing == CourseStanding.Archived)
            {
                return CourseRefusal.NotNow;
            }

            if (await DateLines.Coming(db, now).AnyAsync(run => run.CourseId == id, ct))
            {
                return CourseRefusal.HasComingDates;
            }

            db.Entry(course).Property(edited => edited.OfferOrder).CurrentValue = null;
            course.Archive(now);
            return null;
        }, ct, KeepUndo.Begin(db, clock.GetUtcNow()));

    /// <summary>Back to what it was before, but not into the offer.</summary>
    public Task<MovedCourse> RestoreAsync(Guid id, int version, Actor by, CancellationToken ct) =>
        RunAsync(id, version, by, "Restored", CourseStanding.Archived, course =>
        {
            course.Restore();
            return Task.FromResult<CourseRefusal?>(null);
        }, ct, KeepUndo.Begin(db, clock.GetUtcNow()));

    public static CourseRefusal? WhyNotPublish(CourseFacts facts) => facts switch
    {
        { Summary.Length: 0 } => CourseRefusal.SummaryMissing,
        { Audience.Length: 0 } => CourseRefusal.AudienceMissing,
        { Outcomes: null } => CourseRefusal.OutcomesMissing,
        _ => null,
    };

    private async Task<MovedCourse> RunAsync(
        Guid id, int version, Actor by, string act, CourseStanding? from, Func<Course, Task<CourseRefusal?>> move, CancellationToken ct, KeepUndo? undo = null)
    {
        if (await db.Courses.SingleOrDefaultAsync(course => course.Id == id, ct) is not { } course)
        {
            return new(EditOutcome.Unknown);
        }

        var before = course.Standing;
        var kept = new CourseBefore(course.ArchivedAt, course.OfferOrder, version + 1);
        var refusal = from is not null && before != from ? CourseRefusal.NotNow : await move(course);
        if (refusal is not null)
        {
            db.ChangeTracker.Clear();
            return new(EditOutcome.Saved, refusal);
        }

        IReadOnlyList<HistoryChange> changes = [new("Standing", CourseWords.Of(before), CourseWords.Of(course.Standing))];
        undo?.End(UndoCourse.Kind, id, kept);
        return new(await Edit.ChangeAsync(db, course, version, by, act, changes, undo?.At ?? clock.GetUtcNow(), ct, undo?.Id));
    }

    private async Task OfferAsync(Course course, CancellationToken ct) =>
        db.Entry(course).Property(edited => edited.OfferOrder).CurrentValue = (await db.Courses.MaxAsync(other => other.OfferOrder, ct) ?? 0) + 1;
}
