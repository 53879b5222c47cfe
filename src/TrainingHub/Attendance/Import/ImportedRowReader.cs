using System.Globalization;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Email;

namespace TrainingHub.Attendance;

/// <summary>What a cell may name.</summary>
internal sealed record ImportLists(
    IReadOnlyDictionary<string, CourseRun> Runs, IReadOnlyList<string> AllReferences, KnownNames<Guid> Sectors, KnownNames<Guid> Areas);

/// <summary>Reads each row by itself; what is wrong with it goes to the table's errors, and the row is left out.</summary>
internal sealed class ImportedRowReader(ImportLists lists, DateTimeOffset now)
{
    private static readonly TimeOnly Noon = new(12, 0);
    public static readonly KnownNames<PlaceState> States = new([new("booked", PlaceState.Confirmed), new("cancelled", PlaceState.Cancelled)]);
    public static readonly KnownNames<Came> Attendances = new(
        [new("attended", Came.Attended), new("part", Came.Part), new("absent", Came.Absent), new("unknown", Came.Unknown)]);
    public static readonly KnownNames<PaymentMethod> Methods = new(
    [
        new("free", PaymentMethod.Free), new("card", PaymentMethod.Card), new("invoice", PaymentMethod.Invoice),
        new("free place", PaymentMethod.FreePlace), new("not known", PaymentMethod.NotKnown),
    ]);

    private readonly Dictionary<(Guid Run, PersonKey Person, bool IsCancelled), int> seen = [];

    internal enum Came
    {
        Attended,
        Part,
        Absent,
        Unknown,
    }

    public List<ImportedRow> Read(FileTable table, ImportProgress progress)
    {
        var rows = new List<ImportedRow>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            progress.Checked++;
            if (Read(row) is { } read)
            {
                rows.Add(read);
            }
        }

        return rows;
    }

    private ImportedRow? Read(FileRow row)
    {
        var run = Run(row);
        var email = Email(row);
        var (called, organisation) = (Name(row, "delegate_name"), Name(row, "organisation"));
        var (sector, area) = (row.OneOf("sector", lists.Sectors), row.OneOf("area", lists.Areas));
        var bookedAt = BookedAt(row);
        var status = row.OneOf("status", States);
        var isCancelled = status == PlaceState.Cancelled;
        var mark = MarkOf(row, run, isCancelled);
        var (price, paid, method) = Money(row);
        if (run?.State == RunState.Cancelled && !isCancelled)
        {
            row.Fail("status", "This date was cancelled. Write cancelled.");
        }

        if (run?.State == RunState.Draft)
        {
            row.Fail("run_reference", "This date is a draft. Publish it first.");
        }

        if (run is null || email is null || sector is not { } sectorId || area is not { } areaId || called is not { } name)
        {
            return null;
        }

        var key = PersonKey.Of(email, name);
        if (!seen.TryAdd((run.Id, key, isCancelled), row.Number))
        {
            row.Fail("delegate_email", string.Create(
                CultureInfo.InvariantCulture, $"This person is on this date already in row {seen[(run.Id, key, isCancelled)]}. Leave one of the two rows out."));
        }

        return new(row.Number, run, name, email, key, organisation, sectorId, areaId, bookedAt, isCancelled, mark, price, paid, method) { HasStatus = status is not null };
    }

    private CourseRun? Run(FileRow row)
    {
        if (row.Text("run_reference") is not { } reference)
        {
            return null;
        }

        if (lists.Runs.TryGetValue(reference.ToLowerInvariant(), out var run))
        {
            return run;
        }

        var near = lists.AllReferences
            .OrderByDescending(known => known.Zip(reference).TakeWhile(pair => char.ToLowerInvariant(pair.First) == char.ToLowerInvariant(pair.Second)).Count())
            .ThenBy(known => known, StringComparer.Ordinal)
            .Take(8);
        row.Fail("run_reference", lists.AllReferences.Count == 0
            ? "No date is known. Import a programme file first."
            : $"“{FileTable.Shown(reference)}” is no known date. Known are, for example: {string.Join(", ", near)}.");
        return null;
    }

    private static string? Email(FileRow row)
    {
        if (row.Text("delegate_email") is not { } typed || EmailAddress.Clean(typed) is not { Length: <= EmailAddress.MaxLength } email)
        {
            return null;
        }

        if (EmailAddress.IsValid(email))
        {
            return email;
        }

        row.Fail("delegate_email", $"“{FileTable.Shown(email)}” is not an email address. Write it like name@example.org.");
        return null;
    }

    private static string? Name(FileRow row, string column)
    {
        if (row.Text(column) is not { } typed)
        {
            return null;
        }

        var name = PlainName.Fold(typed);
        if (!PlainName.HasAddress(name))
        {
            return name;
        }

        row.Fail(column, $"“{FileTable.Shown(name)}” has a web or email address in it. Write the name alone.");
        return null;
    }

    private DateTimeOffset BookedAt(FileRow row)
    {
        if (row.Date("booked_on") is not { } date)
        {
            return now;
        }

        if (date > London.DateOf(now))
        {
            row.Fail("booked_on", $"{London.Words(date)} is in the future.");
        }

        var noon = London.Instant(date, Noon);
        return noon < now ? noon : now;
    }

    private Mark? MarkOf(FileRow row, CourseRun? run, bool isCancelled)
    {
        Mark? mark = row.OneOf("attendance", Attendances) switch
        {
            Came.Attended => Mark.Attended,
            Came.Part => Mark.Part,
            Came.Absent => Mark.Absent,
            Came.Unknown or null => null,
        };
        if (mark is not null && isCancelled)
        {
            row.Fail("attendance", "A cancelled place has no attendance. Write unknown, or leave it empty.");
        }
        else if (mark is not null && run?.Meetings is not null)
        {
            row.Fail("attendance", $"{run.Reference} has {run.EachMeeting.Count} meetings. Mark them on their registers, and write unknown here or leave it empty.");
        }
        else if (mark is not null && run is not null && Register.WhyNotMark(run.State, run.RunsOn, now) == RegisterRefusal.NotYet)
        {
            row.Fail("attendance", $"This date is {London.Words(run.RunsOn)} and has not taken place yet. Write unknown, or leave it empty.");
        }

        return mark;
    }

    private static (int? PricePence, int PaidPence, PaymentMethod Method) Money(FileRow row)
    {
        var (price, paid, method) = (row.Money("price")?.Pence, row.Money("paid")?.Pence ?? 0, row.OneOf("payment_method", Methods));
        if (price > 0 && method is PaymentMethod.Free or PaymentMethod.FreePlace)
        {
            row.Fail("payment_method", "A free place has no price. Write FREE as the price, or another payment method.");
        }

        if (paid > 0 && price is null)
        {
            row.Fail("price", "Something was paid, so give the price too.");
        }
        else if (paid > (price ?? 0))
        {
            row.Fail("paid", "More was paid than the price.");
        }

        return (price, paid, method ?? (price == 0 ? PaymentMethod.Free : PaymentMethod.NotKnown));
    }
}
