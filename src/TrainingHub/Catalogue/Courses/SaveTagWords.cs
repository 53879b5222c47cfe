using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <param name="Tag">As printed in the offer.</param>
/// <param name="Before">What visitors read when the form was opened; empty is the tag itself.</param>
/// <param name="Words">What they are to read.</param>
internal sealed record TagEdit(string Tag, string Before, string Words);

/// <summary>
/// Sets what visitors read instead of a tag, or shows the tag itself again. Tags that no course has are left out. All or nothing: when
/// somebody else changed one of them since, nothing is saved.
/// </summary>
internal sealed class SaveTagWords(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>All tags are one record of history: they are set on one page.</summary>
    public static Guid RecordId { get; } = Guid.Parse("0e7b1c2a-6a2d-7c31-9f50-7b1d5a3c9e11");

    public async Task<EditOutcome> RunAsync(IReadOnlyCollection<TagEdit> edits, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"lock table course_tags in share row exclusive mode", ct);
        var tags = await db.Courses.Where(course => course.Tag != null).Select(course => course.Tag).Distinct().ToListAsync(ct);
        var known = await db.CourseTags.AsNoTracking().ToDictionaryAsync(tag => tag.Tag, tag => tag.Words, ct);
        var wanted = edits.Where(edit => edit.Words != edit.Before && tags.Contains(edit.Tag)).DistinctBy(edit => edit.Tag).ToList();
        if (wanted.Exists(edit => known.GetValueOrDefault(edit.Tag, "") != edit.Before))
        {
            return EditOutcome.ChangedSince;
        }

        foreach (var edit in wanted)
        {
            await db.CourseTags.Where(tag => tag.Tag == edit.Tag).ExecuteDeleteAsync(ct);
            if (edit.Words.Length > 0)
            {
                db.Add(new CourseTag { Tag = edit.Tag, Words = edit.Words });
            }
        }

        if (wanted.Count > 0)
        {
            IReadOnlyList<HistoryChange> changes = [.. wanted.Select(edit => new HistoryChange(edit.Tag, Given(edit.Before), Given(edit.Words)))];
            HistoryEntry.Add<CourseTag>(db, RecordId, by, "Changed", changes, clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return EditOutcome.Saved;
    }

    private static string? Given(string words) => words.Length == 0 ? null : words;
}
