using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>
/// Takes bookings made elsewhere: one booking a row, known by date, email address and name. All or nothing, and nobody is written
/// to. A known place takes a changed attendance, a cancellation and a first payment from the file, nothing else. The dates are
/// locked, so no date can be oversold meanwhile; the same file again changes nothing.
/// </summary>
internal sealed class ImportBookings(TrainingHubDb db, TimeProvider clock) : IImport
{
    private const int NamesShown = 10;

    public static FileKind Kind { get; } = new("bookings", "Bookings", "bookings",
    [
        FileColumn.Required("run_reference").Like("NEG-2027-03"),
        FileColumn.Required("delegate_name", Person.NameLength).Like("Amina Okafor"),
        FileColumn.Required("delegate_email", EmailAddress.MaxLength).Like("amina.okafor@example.org"),
        FileColumn.Optional("organisation", Organisation.NameLength).Like("Ark Nursery"),
        FileColumn.Required("sector", ColumnKind.Listed),
        FileColumn.Required("area", ColumnKind.Listed),
        FileColumn.Optional("booked_on", ColumnKind.Date).Like("2027-01-12"),
        FileColumn.Optional("status", ColumnKind.Listed).Like("booked"),
        FileColumn.Optional("attendance", ColumnKind.Listed).Like("unknown"),
        FileColumn.Optional("price", ColumnKind.Money).Like("52.50"),
        FileColumn.Optional("paid", ColumnKind.Money).Like("0"),
        FileColumn.Optional("payment_method", ColumnKind.Listed).Like("invoice"),
    ]);

    public Task<FileKind> ReadKindAsync(CancellationToken ct) => Task.FromResult(Kind);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AllowedAsync(CancellationToken ct) => new Dictionary<string, IReadOnlyList<string>>
    {
        ["sector"] = (await ReferenceNames.SectorsAsync(db, ct)).All,
        ["area"] = (await ReferenceNames.AreasAsync(db, ct)).All,
        ["status"] = ImportedRowReader.States.All,
        ["attendance"] = ImportedRowReader.Attendances.All,
        ["payment_method"] = ImportedRowReader.Methods.All,
    };

    public async Task<ImportOutcome> RunAsync(FileTable table, ImportRun run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var runs = await LockedRuns.LockAsync(db, table.Rows.Select(row => row.Text("run_reference") ?? ""), ct);
        var areas = await AreasOfFile.ReadAsync(db, ct);
        var rows = new ImportedRowReader(await ListsAsync(runs, areas, ct), now).Read(table, run.Progress);
        var plan = await ImportPlan.MakeAsync(db, rows, now, ct);
        foreach (var error in plan.Errors)
        {
            table.Add(error);
        }

        if (table.HasErrors)
        {
            return ImportOutcome.Refused(table.Errors);
        }

        var newAreas = await areas.AddUsedAsync(db, rows.Select(row => (Guid?)row.AreaId), run, now, ct);
        var written = await new ImportWriter(db, now).WriteAsync(plan, ct);
        await CopyHistory.RunAsync((NpgsqlConnection)db.Database.GetDbConnection(), BookingsHistory.Of(plan, runs, run, now), ct);
        run.Progress.Written = plan.Add.Count + plan.Changed;
        if (!run.IsDryRun)
        {
            await transaction.CommitAsync(ct);
        }

        return new([], plan.Add.Count, plan.Changed, plan.Unchanged, [.. newAreas, .. Notes(plan, written)]) { Changes = plan.Changes };
    }

    private async Task<ImportLists> ListsAsync(List<CourseRun> runs, AreasOfFile areas, CancellationToken ct) => new(
        runs.ToDictionary(run => run.Reference.ToLowerInvariant()),
        await db.CourseRuns.OrderBy(run => run.Reference).Select(run => run.Reference).ToListAsync(ct),
        await ReferenceNames.SectorsAsync(db, ct),
        areas.Names);

    private static List<string> Notes(ImportPlan plan, ImportWritten written)
    {
        var notes = new List<string>();
        Note(written.NewOrganisations.Count, "New organisations: " + Some(written.NewOrganisations));
        Note(plan.Add.Count(row => row.IsCancelled), "{0} of the new rows are cancelled and take no place.");
        Note(plan.Add.Count(row => row.Mark is not null), "{0} of the new rows come with an attendance.");
        Note(plan.Remark.Count, "Attendance of known places that changes: {0}.");
        Note(plan.Cancel.Count, "Known places that are cancelled: {0}. Their attendance goes with them.");
        Note(plan.Pay.Count, "Known places that are now paid: {0}.");
        Note(plan.OtherMoney, "Known places with another price or payment in the file: {0}. What is recorded stays.");
        return notes;

        void Note(int count, string words)
        {
            if (count > 0)
            {
                notes.Add(words.Replace("{0}", count.ToString("N0", CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }
        }
    }

    private static string Some(IReadOnlyList<string> names) => names.Count <= NamesShown
        ? string.Join(", ", names) + "."
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more.");
}
