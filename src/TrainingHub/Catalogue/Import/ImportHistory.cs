using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>What a programme file did, one entry for each record that it added or changed, as if staff had done it on the record's page.</summary>
internal sealed class ImportHistory(ImportRun run, DateTimeOffset now)
{
    private readonly List<HistoryEntry> entries = [];

    public void Added<T>(Guid id) => Add<T>(id, "Added", []);

    public void Added(ImportedRun date, bool isDraft) => Add<CourseRun>(date.Id, isDraft ? "Drafted" : "Created", []);

    public void Changed(ImportedRun date, CourseRun known, Func<Guid, string> courses, RunNames names) => Add<CourseRun>(
        date.Id, date.IsMovedFrom(known) ? "Moved" : "Changed",
        [
            .. HistoryChange.Of(new HistoryChange("Course", courses(known.CourseId), courses(date.CourseId))),
            .. date.Facts.ChangesFrom(RunFacts.Of(known), names),
        ]);

    public void AddedTitles(Guid course, IEnumerable<string> titles) =>
        Add<Course>(course, "Changed", [new HistoryChange("Also known as", null, string.Join("; ", titles))]);

    public Task SaveAsync(NpgsqlConnection connection, CancellationToken ct) => CopyHistory.RunAsync(connection, entries, ct);

    private void Add<T>(Guid id, string act, IReadOnlyList<HistoryChange> changes) =>
        entries.Add(HistoryEntry.New<T>(id, run.By, act, changes, now, run.Source));
}
