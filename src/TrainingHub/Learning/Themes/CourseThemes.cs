using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Which themes a course teaches, and which priorities of the partnership it serves. A course without a row has none.</summary>
internal sealed class CourseThemes
{
    public required Guid CourseId { get; init; }
    public required Guid[] ThemeIds { get; init; }
    public required Guid[] PriorityIds { get; init; }

    /// <summary>Raised by each act of staff.</summary>
    public int Version { get; private set; }
}

internal sealed class CourseThemesMap : IEntityTypeConfiguration<CourseThemes>
{
    public void Configure(EntityTypeBuilder<CourseThemes> builder)
    {
        builder.HasKey(one => one.CourseId);
        builder.Property(one => one.Version).HasDefaultValue(0);
        builder.HasOne<Course>().WithMany().HasForeignKey(one => one.CourseId);
    }
}

/// <summary>
/// Says which themes and priorities a course has, under the lock of the course. Of two who had the same version open the second is refused.
/// </summary>
internal sealed class SaveCourseThemes(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="course"></param>
    /// <param name="version">As it was opened; 0 when it had none yet.</param>
    /// <param name="themes"></param>
    /// <param name="priorities"></param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> RunAsync(Guid course, int version, Guid[] themes, Guid[] priorities, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Courses.FromSql($"select * from courses where id = {course} for no key update").AsNoTracking().SingleOrDefaultAsync(ct) is null)
        {
            return EditOutcome.Unknown;
        }

        var before = await db.CourseThemes.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == course, ct);
        if ((before?.Version ?? 0) != version)
        {
            return EditOutcome.ChangedSince;
        }

        var names = await LearningNames.ReadAsync(db, ct);
        var changes = HistoryChange.Of(
            new("Themes", LearningWords.Names(before?.ThemeIds ?? [], names), LearningWords.Names(themes, names)),
            new("Priorities", LearningWords.Names(before?.PriorityIds ?? [], names), LearningWords.Names(priorities, names)));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into course_themes (course_id, theme_ids, priority_ids, version)
            values ({course}, {themes}, {priorities}, 1)
            on conflict (course_id) do update
            set theme_ids = excluded.theme_ids, priority_ids = excluded.priority_ids, version = course_themes.version + 1
            """,
            ct);
        HistoryEntry.Add<Course>(db, course, by, "Themes of learning changed", changes, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return EditOutcome.Saved;
    }
}
