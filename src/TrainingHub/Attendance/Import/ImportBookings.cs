using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Email;

namespace TrainingHub.Attendance;

/// <summary>
/// Reads bookings made elsewhere: one booking a row, known by date, email address and name. All or nothing, and nobody is written
/// to. A known place takes a changed attendance, a cancellation and a first payment from the file, nothing else. The dates are
/// locked, so no date can be oversold meanwhile; the same file again changes nothing.
/// </summary>
internal sealed class ImportBookings(TrainingHubDb db, TimeProvider clock) : IImport
{
    private const int NamesShown = 10;

    public static string Kind => "bookings";

    public static string Title => "Bookings";

    public static IReadOnlyList<CsvColumn> Columns { get; } =
    [
        CsvColumn.Required("run_reference"),
        CsvColumn.Required("delegate_name", Person.NameLength),
        CsvColumn.Required("delegate_email", EmailAddress.MaxLength),
        CsvColumn.Optional("organisation", Organisation.NameLength),
        CsvColumn.Required("sector"),
        CsvColumn.Required("area"),
        CsvColumn.Optional("booked_on"),
        CsvColumn.Optional("status"),
        CsvColumn.Optional("attendance"),
        CsvColumn.Optional("price"),
        CsvColumn.Optional("paid"),
        CsvColumn.Optional("payment_method"),
    ];

    public async Task<ImportOutcome> RunAsync(Stream file, bool dryRun, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var table = await CsvTable.ReadAsync(file, Columns, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = await LockedRun.LockAsync(db, table.Rows.Select(row => row.Text("run_reference") ?? ""), ct);
        var rows = new ImportedRowReader(await ListsAsync(runs, ct), now).Read(table);
        var plan = await ImportPlan.MakeAsync(db, rows, ct);
        foreach (var error in plan.Errors)
        {
            table.Add(error);
        }

        if (table.Errors.Count > 0)
        {
            return ImportOutcome.Refused([.. table.Errors.OrderBy(error => error.Row)]);
        }

        var written = await new ImportWriter(db, now).WriteAsync(plan, ct);
        if (!dryRun)
        {
            await transaction.CommitAsync(ct);
        }

        return new([], plan.Add.Count, plan.Changed, plan.Unchanged, Notes(plan, written));
    }

    private async Task<ImportLists> ListsAsync(List<LockedRun> runs, CancellationToken ct) => new(
        runs.ToDictionary(run => run.Reference.ToLowerInvariant()),
        await db.CourseRuns.OrderBy(run => run.Reference).Select(run => run.Reference).ToListAsync(ct),
        new((await db.Sectors.OrderBy(sector => sector.SortOrder).ToListAsync(ct)).Select(sector => KeyValuePair.Create(sector.Name, sector.Id))),
        new((await db.Areas.OrderBy(area => area.SortOrder).ToListAsync(ct)).Select(area => KeyValuePair.Create(area.Name, area.Id))));

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
