using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>
/// Reads a programme file: dates by their reference, each new, changed or as it was; unknown courses, venues and trainers are
/// added and named. All or nothing. A date on which places are taken keeps its course, day, time and place, for people were
/// told them, and its capacity cannot go under the places taken.
/// </summary>
internal sealed class ImportProgramme(TrainingHubDb db) : IImport
{
    private readonly Dictionary<string, Guid> venues = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Guid> providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ImportedRun> added = [];
    private readonly List<ImportedRun> changed = [];

    private sealed record ImportedRun(Guid Id, ProgrammeRow Row, Guid CourseId, Guid? VenueId, Guid? ProviderId, bool IsMoved);

    public static string Kind => "programme";

    public static string Title => "Programme: courses and dates";

    public static IReadOnlyList<CsvColumn> Columns => ProgrammeRow.Columns;

    public async Task<ImportOutcome> RunAsync(Stream file, bool dryRun, CancellationToken ct)
    {
        var table = await CsvTable.ReadAsync(file, Columns, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One import at a time: a second click waits and then finds that there is nothing left to do.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('import programme'))", ct);
        var rows = await ReadAsync(table, ct);
        if (table.Errors.Count > 0)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        var courses = await ImportedCourses.ReadAsync(db, ct);
        var references = rows.Select(row => row.Reference.ToLowerInvariant()).ToArray();
        var known = await db.CourseRuns
            .FromSql($"select * from course_runs where lower(reference) = any ({references}) order by id for update")
            .AsNoTracking()
            .ToDictionaryAsync(run => run.Reference, StringComparer.OrdinalIgnoreCase, ct);
        await ReadNamesAsync(ct);
        foreach (var row in rows)
        {
            Take(row, known.GetValueOrDefault(row.Reference), courses);
        }

        if (table.Errors.Count > 0)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        await SaveAsync(courses, ct);
        if (!dryRun)
        {
            await transaction.CommitAsync(ct);
        }

        return new ImportOutcome([], added.Count, changed.Count, rows.Count - added.Count - changed.Count, courses.Notes);
    }

    private async Task<List<ProgrammeRow>> ReadAsync(CsvTable table, CancellationToken ct)
    {
        var known = await db.Areas.AsNoTracking().OrderBy(area => area.SortOrder).ToListAsync(ct);
        var areas = new CsvNames<Guid>(known.Select(area => KeyValuePair.Create(area.Name, area.Id))
            .Concat(known.Select(area => KeyValuePair.Create(area.LongName, area.Id)))
            .DistinctBy(pair => pair.Key));
        var rows = new List<ProgrammeRow>();
        var first = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            if (ProgrammeRow.Read(row, areas) is not { } read)
            {
                continue;
            }

            if (!first.TryAdd(read.Reference, row.Number))
            {
                row.Fail("run_reference", $"This reference is in row {first[read.Reference]} already. Give each date its own.");
            }

            rows.Add(read);
        }

        return rows;
    }

    private async Task ReadNamesAsync(CancellationToken ct)
    {
        foreach (var venue in await db.Venues.AsNoTracking().Select(venue => new { venue.Id, venue.Name }).ToListAsync(ct))
        {
            venues[venue.Name] = venue.Id;
        }

        foreach (var provider in await db.Providers.AsNoTracking().Select(provider => new { provider.Id, provider.Name }).ToListAsync(ct))
        {
            providers[provider.Name] = provider.Id;
        }
    }

    private void Take(ProgrammeRow row, CourseRun? known, ImportedCourses courses)
    {
        var courseId = courses.FindOrAdd(row);
        courses.AddTitleOnOffer(row, courseId);
        var venueId = row.Venue is null ? (Guid?)null : VenueOf(row.Venue, courses.Notes);
        var providerId = row.Provider is null ? (Guid?)null : ProviderOf(row.Provider, courses.Notes);
        if (known is null)
        {
            added.Add(new ImportedRun(Guid.CreateVersion7(), row, courseId, venueId, providerId, IsMoved: false));
            return;
        }

        var isMoved = IsMoved(known, row, venueId);
        if (isMoved || known.CourseId != courseId || IsOtherwiseChanged(known, row, providerId))
        {
            Change(row, known, new ImportedRun(known.Id, row, courseId, venueId, providerId, isMoved), courses.Notes);
        }
    }

    private void Change(ProgrammeRow row, CourseRun known, ImportedRun change, List<string> notes)
    {
        if (known.State == RunState.Cancelled)
        {
            row.Row.Fail("run_reference", $"{row.Reference} is cancelled and cannot be changed.");
            return;
        }

        if (row.Capacity < known.PlacesTaken)
        {
            row.Row.Fail("capacity", $"{known.PlacesTaken} places are taken on {row.Reference}, so it cannot have fewer.");
        }

        if (known.PlacesTaken > 0 && (change.IsMoved || change.CourseId != known.CourseId))
        {
            row.Row.Fail("run_reference", $"{known.PlacesTaken} places are taken on {row.Reference}, so its course, day, time and place cannot be changed here.");
        }

        changed.Add(change);
        notes.Add($"{row.Reference} is changed.");
    }

    private static bool IsMoved(CourseRun known, ProgrammeRow row, Guid? venueId) =>
        known.StartsAt != row.StartsAt || known.EndsAt != row.EndsAt || known.Delivery != row.Delivery || known.VenueId != venueId;

    private static bool IsOtherwiseChanged(CourseRun known, ProgrammeRow row, Guid? providerId) =>
        known.Capacity != row.Capacity || known.AreaId != row.AreaId || known.ProviderId != providerId || known.FeePence != row.Fee?.Pence;

    private Guid VenueOf(string name, List<string> notes)
    {
        if (!venues.TryGetValue(name, out var id))
        {
            id = Guid.CreateVersion7();
            venues[name] = id;
            db.Add(new Venue { Id = id, Name = name });
            notes.Add($"New venue: {name}.");
        }

        return id;
    }

    private Guid ProviderOf(string name, List<string> notes)
    {
        if (!providers.TryGetValue(name, out var id))
        {
            id = Guid.CreateVersion7();
            providers[name] = id;
            db.Add(new Provider { Id = id, Name = name });
            notes.Add($"New trainer: {name}.");
        }

        return id;
    }

    private async Task SaveAsync(ImportedCourses courses, CancellationToken ct)
    {
        courses.AddTo(db);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        await courses.SaveSearchWordsAsync(db, ct);
        await AddRunsAsync(ct);
        foreach (var run in changed)
        {
            var row = run.Row;
            var (starts, ends, slot, fee) = (row.StartsAt, row.EndsAt, CourseRun.SlotOf(row.Date, row.Start), row.Fee?.Pence);
            var step = run.IsMoved ? 1 : 0;
            await db.CourseRuns.Where(known => known.Id == run.Id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(known => known.CourseId, run.CourseId)
                    .SetProperty(known => known.StartsAt, starts)
                    .SetProperty(known => known.EndsAt, ends)
                    .SetProperty(known => known.RunsOn, row.Date)
                    .SetProperty(known => known.Slot, slot)
                    .SetProperty(known => known.Capacity, row.Capacity)
                    .SetProperty(known => known.Delivery, row.Delivery)
                    .SetProperty(known => known.VenueId, run.VenueId)
                    .SetProperty(known => known.AreaId, row.AreaId)
                    .SetProperty(known => known.ProviderId, run.ProviderId)
                    .SetProperty(known => known.FeePence, fee)
                    .SetProperty(known => known.ChangeNumber, known => known.ChangeNumber + step),
                ct);
        }
    }

    /// <summary>By COPY, on the transaction's connection: 10,000 dates in well under a second.</summary>
    private async Task AddRunsAsync(CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy course_runs (
                id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery,
                venue_id, area_id, provider_id, fee_pence, state, change_number)
            from stdin (format binary)
            """,
            ct);
        foreach (var (id, row, courseId, venueId, providerId, _) in added)
        {
            await copy.WriteRowAsync(
                ct,
                id, row.Reference, courseId, row.StartsAt, row.EndsAt, row.Date, CourseRun.SlotOf(row.Date, row.Start).ToString(),
                row.Capacity, 0, row.Delivery.ToString(), venueId, row.AreaId, providerId, row.Fee?.Pence, nameof(RunState.Scheduled), 0);
        }

        await copy.CompleteAsync(ct);
    }
}
