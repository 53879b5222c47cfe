using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.People;

/// <summary>
/// Takes a file of e-learning that people completed elsewhere. A row belongs to the person with its address and name, as they are or were
/// before a merge; a row of somebody who is not known here is left out and named by its number alone. The same file again adds nothing. All or
/// nothing; a file of which no row fits anybody is refused.
/// </summary>
internal sealed class ImportELearning(TrainingHubDb db, TimeProvider clock) : IImport
{
    private sealed record Row(FileRow Of, PersonKey Person, string Title, DateOnly CompletedOn);

    public static FileKind Kind { get; } = new("e-learning", "E-learning: what people completed elsewhere", "e-learning",
    [
        FileColumn.Required("name", Person.NameLength).Like("Ann Example"),
        FileColumn.Required("email", Person.EmailLength).Like("ann@example.org"),
        FileColumn.Required("course", ELearningCompletion.TitleLength).Like("Safeguarding awareness"),
        FileColumn.Required("completed_on", ColumnKind.Date).Like("27/03/2026"),
    ]);

    public Task<FileKind> ReadKindAsync(CancellationToken ct) => Task.FromResult(Kind);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AllowedAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>>(new Dictionary<string, IReadOnlyList<string>>());

    public async Task<ImportOutcome> RunAsync(FileTable table, ImportRun run, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        // One import at a time: a second click waits and then finds that there is nothing left to do.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('import e-learning'))", ct);
        var rows = Read(table, London.DateOf(clock.GetUtcNow()), run.Progress);
        if (table.HasErrors)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        var people = await PeopleAsync(rows, ct);
        var notes = new List<string>();
        var known = await KnownAsync(people.Values, ct);
        List<ELearningCompletion> added = [];
        var (unchanged, unmatched) = (0, new List<Row>());
        foreach (var row in rows)
        {
            if (!people.TryGetValue(row.Person, out var person))
            {
                unmatched.Add(row);
            }
            else if (known.Add((person, ELearningCompletion.KeyOf(row.Title), row.CompletedOn)))
            {
                added.Add(new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    PersonId = person,
                    Title = row.Title,
                    TitleKey = ELearningCompletion.KeyOf(row.Title),
                    CompletedOn = row.CompletedOn,
                });
            }
            else
            {
                unchanged++;
            }
        }

        if (unmatched.Count > 0 && unmatched.Count == rows.Count)
        {
            unmatched.ForEach(row => row.Of.Fail("email", "Nobody with this name and address has or had a place here."));
            return ImportOutcome.Refused(table.Errors);
        }

        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{rows.Count - unmatched.Count} of {rows.Count} rows fit somebody by name and address."));
        notes.AddRange(unmatched.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"Row {row.Of.Number} is left out: nobody with its name and address has or had a place here.")));
        await SaveAsync(added, run, ct);
        if (!run.IsDryRun)
        {
            await transaction.CommitAsync(ct);
        }

        return new ImportOutcome([], added.Count, 0, unchanged, notes);
    }

    private static List<Row> Read(FileTable table, DateOnly today, ImportProgress progress)
    {
        List<Row> rows = [];
        foreach (var row in table.Rows)
        {
            progress.Checked++;
            if (row.Text("name") is not { } name || row.Text("email") is not { } email || row.Text("course") is not { } title || row.Date("completed_on") is not { } on)
            {
                continue;
            }

            if (on > today)
            {
                row.Fail("completed_on", "This day is still to come.");
            }

            rows.Add(new(row, PersonKey.Of(email, name), title, on));
        }

        return rows;
    }

    private async Task<Dictionary<PersonKey, Guid>> PeopleAsync(List<Row> rows, CancellationToken ct)
    {
        string[] emails = [.. rows.Select(row => row.Person.Email).Distinct()];
        var former = await db.PersonAliases.Where(alias => emails.Contains(alias.EmailKey)).Select(alias => new { alias.EmailKey, alias.NameKey, Id = alias.PersonId }).ToListAsync(ct);
        var present = await db.People.Where(person => emails.Contains(person.EmailKey)).Select(person => new { person.EmailKey, person.NameKey, person.Id }).ToListAsync(ct);
        var found = new Dictionary<PersonKey, Guid>();
        foreach (var one in former.Concat(present))
        {
            found[new(one.EmailKey, one.NameKey)] = one.Id;
        }

        return found;
    }

    private async Task<HashSet<(Guid Person, string Title, DateOnly On)>> KnownAsync(IEnumerable<Guid> people, CancellationToken ct)
    {
        Guid[] ids = [.. people.Distinct()];
        var known = await db.ELearningCompletions.Where(one => ids.Contains(one.PersonId)).Select(one => new { one.PersonId, one.TitleKey, one.CompletedOn }).ToListAsync(ct);
        return [.. known.Select(one => (one.PersonId, one.TitleKey, one.CompletedOn))];
    }

    private async Task SaveAsync(List<ELearningCompletion> added, ImportRun run, CancellationToken ct)
    {
        db.AddRange(added);
        foreach (var person in added.GroupBy(one => one.PersonId))
        {
            var count = person.Count() == 1 ? "1 completion" : $"{person.Count()} completions";
            HistoryEntry.Add<Person>(db, person.Key, run.By, "E-learning added", [], clock.GetUtcNow(), $"{count}. {run.Source}");
        }

        await db.SaveChangesAsync(ct);
        run.Progress.Written += added.Count;
        db.ChangeTracker.Clear();
    }
}
