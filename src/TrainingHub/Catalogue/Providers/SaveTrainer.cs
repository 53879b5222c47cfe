using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Adds a trainer of a provider, or changes what is said of one and which courses they may deliver. Courses that are not known are left
/// out. Two people of one name are two trainers.
/// </summary>
internal sealed class SaveTrainer(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(
        Guid id, Guid provider, TrainerFacts facts, IReadOnlyCollection<Guid> courses, Actor by, CancellationToken ct)
    {
        if (!await db.Providers.AnyAsync(known => known.Id == provider, ct))
        {
            return EditOutcome.Unknown;
        }

        var trainer = new Trainer { Id = id, ProviderId = provider, Name = facts.Name };
        db.Entry(trainer).CurrentValues.SetValues(facts);
        var titles = await TitlesAsync(courses, ct);
        db.AddRange(titles.Keys.Select(course => new TrainerCourse { TrainerId = id, CourseId = course }));
        return await Edit.AddAsync(
            db, trainer, by, [.. facts.ChangesFrom(new TrainerFacts()), .. CoursesChanged(new Dictionary<Guid, string>(), titles)], clock.GetUtcNow(), ct);
    }

    /// <param name="id">The trainer.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="courses">All that they may deliver; null leaves them as they are.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(
        Guid id, int version, TrainerFacts facts, IReadOnlyCollection<Guid>? courses, Actor by, CancellationToken ct)
    {
        if (await db.Trainers.SingleOrDefaultAsync(trainer => trainer.Id == id, ct) is not { } trainer)
        {
            return EditOutcome.Unknown;
        }

        var known = await db.TrainerCourses.Where(may => may.TrainerId == id).ToListAsync(ct);
        var before = await TitlesAsync([.. known.Select(may => may.CourseId)], ct);
        var after = courses is null ? before : await TitlesAsync(courses, ct);
        IReadOnlyList<HistoryChange> changes = [.. facts.ChangesFrom(TrainerFacts.Of(trainer)), .. CoursesChanged(before, after)];
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(trainer).CurrentValues.SetValues(facts);
        db.RemoveRange(known.Where(may => !after.ContainsKey(may.CourseId)));
        db.AddRange(after.Keys.Except(before.Keys).Select(course => new TrainerCourse { TrainerId = id, CourseId = course }));
        return await Edit.ChangeAsync(db, trainer, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<Dictionary<Guid, string>> TitlesAsync(IReadOnlyCollection<Guid> courses, CancellationToken ct) =>
        db.Courses.Where(course => courses.Contains(course.Id)).ToDictionaryAsync(course => course.Id, course => course.Title, ct);

    private static IReadOnlyList<HistoryChange> CoursesChanged(Dictionary<Guid, string> before, Dictionary<Guid, string> after) =>
        HistoryChange.Of(new HistoryChange("May deliver", Words(before), Words(after)));

    private static string? Words(Dictionary<Guid, string> titles) => titles.Count == 0 ? null : string.Join("; ", titles.Values.Order(StringComparer.Ordinal));
}
