using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Attendance;

public sealed class ImportBookingsTests(TestDatabase databases, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Header =
        "run_reference,delegate_name,delegate_email,organisation,sector,area,booked_on,status,attendance,price,paid,payment_method\n";

    private readonly TestApp app = new(databases);
    private RegisterWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Run_PaidAndAttended_WritesBookingPlaceMarkAndLedger()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));

        var outcome = await ImportAsync($"{run.Reference.ToLowerInvariant()},Amina Okafor,Amina@Example.org,Ark School,education,bcp,01/10/2026,Booked,attended,£82.00,82.00,Card\n");

        Assert.Equal((1, 0, 0), (outcome.Added, outcome.Changed, outcome.Unchanged));
        Assert.Contains("New organisations: Ark School.", outcome.Notes);
        var place = await PlaceAsync();
        Assert.Equal((PlaceState.Confirmed, 8200, "Amina Okafor"), (place.State, place.PricePence, place.DelegateName));
        var (booking, mark, ledger) = await app.WithAsync(async (TrainingHubDb db) => (
            await db.Bookings.SingleAsync(Ct), await db.AttendanceMarks.SingleAsync(Ct), await db.LedgerEntries.SingleAsync(entry => entry.Kind == LedgerKind.Payment, Ct)));
        Assert.Equal(
            (BookingOrigin.Import, PaymentMethod.Card, BookingState.Confirmed, new DateTimeOffset(2026, 10, 1, 11, 0, 0, TimeSpan.Zero)),
            (booking.Origin, booking.PaymentMethod, booking.State, booking.CreatedAt));
        Assert.Equal((Mark.Attended, (Guid?)null), (mark.Mark, mark.MarkedById));
        Assert.Equal((LedgerKind.Payment, 8200), (ledger.Kind, ledger.AmountPence));
        Assert.Equal(1, await TakenAsync(run));
        Assert.Equal(0, await CountAsync("outgoing_emails"));
    }

    [Fact]
    public async Task Run_DryRun_SaysTheSameAndWritesNothing()
    {
        var run = await world.RunAsync(world.Today.AddDays(7));
        var rows = $"{run.Reference},Amina Okafor,amina@example.org,Ark School,Education,BCP,,,,82,82,\n";

        var preview = await ImportAsync(rows, dryRun: true);

        Assert.Equal(0, await CountAsync("places") + await CountAsync("organisations") + await CountAsync("people") + await TakenAsync(run));
        var real = await ImportAsync(rows);
        Assert.Equal(preview.Words, real.Words);
        Assert.Equal(preview.Notes, real.Notes);
    }

    [Fact]
    public async Task Run_SameFileTwice_ChangesNothingAndSaysSo()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));
        var rows = $"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,,attended,82,82,\n"
            + $"{run.Reference},Tom Rees,tom@example.org,,Education,BCP,,cancelled,,,,\n";
        await ImportAsync(rows);

        var again = await ImportAsync(rows);

        Assert.Equal("Nothing to do: all 2 rows are known already.", again.Words);
        Assert.Empty(again.Notes);
        Assert.Equal((2, 1, 1), (await CountAsync("places"), await CountAsync("ledger_entries where kind = 'Payment'"), await TakenAsync(run)));
    }

    [Fact]
    public async Task Run_KnownPlaceWithNewAttendance_ChangesItAndSaysSo()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7), ["Amina Okafor"]);

        var outcome = await ImportAsync($"{run.Reference},Amina Okafor,amina.okafor@example.org,,Education,BCP,,,part,,,\n");

        Assert.Equal((0, 1, 0), (outcome.Added, outcome.Changed, outcome.Unchanged));
        Assert.Equal(["Attendance of known places that changes: 1."], outcome.Notes);
        Assert.Equal(Mark.Part, Assert.Single(await world.MarksAsync(run)).Mark);
    }

    [Fact]
    public async Task Run_KnownPlaceCancelled_GivesThePlaceBackAndFlagsItsMoney()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));
        var row = $"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,STATUS,MARK,82,82,\n";
        await ImportAsync(row.Replace("STATUS", "booked", StringComparison.Ordinal).Replace("MARK", "attended", StringComparison.Ordinal));

        var outcome = await ImportAsync(row.Replace("STATUS", "cancelled", StringComparison.Ordinal).Replace("MARK", "", StringComparison.Ordinal));

        Assert.Equal((0, 1, 0), (outcome.Added, outcome.Changed, outcome.Unchanged));
        Assert.Equal((0, 0), (await TakenAsync(run), await CountAsync("attendance_marks")));
        Assert.Equal(PlaceState.Cancelled, (await PlaceAsync()).State);
        Assert.Equal(PaymentProblem.PlacesCancelled, (await app.WithAsync((TrainingHubDb db) => db.Payments.SingleAsync(Ct))).Problem);
    }

    [Fact]
    public async Task Run_OnlineBookingCancelledByAFile_IsRefused()
    {
        var run = await world.RunAsync(world.Today.AddDays(7), ["Amina Okafor"]);

        var outcome = await ImportAsync($"{run.Reference},Amina Okafor,amina.okafor@example.org,,Education,BCP,,cancelled,,,,\n");

        Assert.StartsWith("Row 2, status: This place was booked here, and a file cannot cancel it.", Assert.Single(outcome.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CancelledAndBookedAgain_KeepsBothAndTakesOnePlace()
    {
        var run = await world.RunAsync(world.Today.AddDays(7));
        var rows = $"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,cancelled,,,,\n"
            + $"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,booked,,,,\n";

        await ImportAsync(rows);
        var again = await ImportAsync(rows);

        Assert.Equal((0, 0, 2), (again.Added, again.Changed, again.Unchanged));
        Assert.Equal((2, 1), (await CountAsync("places"), await TakenAsync(run)));
    }

    [Fact]
    public async Task Run_SeveralPeopleOnOneAddress_ImportsEach()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));
        var rows = $"{run.Reference},Alice Ames,office@stmarys.example,,Education,BCP,,,attended,,,\n"
            + $"{run.Reference},Tom Tate,Office@stmarys.example,,Education,BCP,,,part,,,\n";

        var first = await ImportAsync(rows);
        var again = await ImportAsync(rows.Replace("Alice Ames", "ALICE  AMES", StringComparison.Ordinal));

        Assert.Equal((2, 0, 0), (first.Added, first.Changed, first.Unchanged));
        Assert.Equal((0, 0, 2), (again.Added, again.Changed, again.Unchanged));
        Assert.Equal((2, 2, 2), (await CountAsync("places"), await CountAsync("people"), await TakenAsync(run)));
    }

    [Fact]
    public async Task Run_SamePersonTwice_IsRefusedAndAddressesAreClean()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7));
        var rows = $"{run.Reference},Alice Ames,office@stmarys.example,,Education,BCP,,,,,,\n"
            + $"{run.Reference},Alice Ames,off\u200Bice@stmarys.example.,,Education,BCP,,,,,,\n";

        var outcome = await ImportAsync(rows);

        Assert.StartsWith("Row 3, delegate_email: This person is on this date already in row 2.", Assert.Single(outcome.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PaidLater_RecordsTheFirstPaymentOnly()
    {
        var run = await world.RunAsync(world.Today.AddDays(7));
        await ImportAsync($"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,,,82,,invoice\n");

        var paid = await ImportAsync($"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,,,82,82,invoice\n");
        var other = await ImportAsync($"{run.Reference},Amina Okafor,amina@example.org,,Education,BCP,,,,90,90,invoice\n");

        Assert.Equal(["Known places that are now paid: 1."], paid.Notes);
        Assert.Equal((0, 1), (other.Changed, other.Unchanged));
        Assert.Equal(["Known places with another price or payment in the file: 1. What is recorded stays."], other.Notes);
        Assert.Equal(1, await CountAsync("ledger_entries where kind = 'Payment'"));
    }

    [Theory]
    [InlineData("NOPE-1,A,a@example.org,,Education,BCP,,,,,,", "run_reference", "“NOPE-1” is no known date. Known are, for example: ")]
    [InlineData("RUN,A,a@example.org,,Schools,BCP,,,,,,", "sector", "“Schools” is not known. Write one of: Charities")]
    [InlineData("RUN,A,a@example.org,,Education,Devon,,,,,,", "area", "“Devon” is not known. Write one of: BCP, Dorset, Both, Elsewhere.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,maybe,,,,", "status", "“maybe” is not known. Write one of: booked, cancelled.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,,late,,,", "attendance", "“late” is not known. Write one of: attended, part, absent, unknown.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,,,,,barter", "payment_method", "“barter” is not known. Write one of: free, card, invoice, free place, not known.")]
    [InlineData("RUN,A,not-an-address,,Education,BCP,,,,,,", "delegate_email", "“not-an-address” is not an email address.")]
    [InlineData("RUN,A,,,Education,BCP,,,,,,", "delegate_email", "Fill this in.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,31/02/2026,,,,,", "booked_on", "“31/02/2026” is not a date.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,2030-01-01,,,,,", "booked_on", "1 January 2030 is in the future.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,,,lots,,", "price", "“lots” is not an amount.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,,,50,60,", "paid", "More was paid than the price.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,,,,60,", "price", "Something was paid, so give the price too.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,,,50,,free", "payment_method", "A free place has no price.")]
    [InlineData("RUN,A,a@example.org,,Education,BCP,,cancelled,attended,,,", "attendance", "A cancelled place has no attendance.")]
    [InlineData("LATER,A,a@example.org,,Education,BCP,,,attended,,,", "attendance", "This date is 2 December 2026 and has not taken place yet.")]
    public async Task Run_OneBadCell_NamesRowAndColumnAndWritesNothing(string row, string column, string says)
    {
        var past = await world.RunAsync(world.Today.AddDays(-7));
        var later = await world.RunAsync(world.Today.AddDays(30));
        var good = $"{past.Reference},Good Row,good@example.org,,Education,BCP,,,,,,\n";

        var outcome = await ImportAsync(good + row
            .Replace("RUN", past.Reference, StringComparison.Ordinal).Replace("LATER", later.Reference, StringComparison.Ordinal) + "\n");

        var error = Assert.Single(outcome.Errors);
        Assert.Equal((3, column), (error.Row, error.Column));
        Assert.StartsWith(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("places"));
    }

    [Fact]
    public async Task Run_EveryRowBad_NamesThemAll()
    {
        var run = await world.RunAsync(world.Today.AddDays(7), capacity: 1);

        var outcome = await ImportAsync(
            $"{run.Reference},A,a@example.org,,Education,BCP,,,,,,\n"
            + $"{run.Reference},A,A@example.org,,Education,BCP,,,,,,\n"
            + $"{run.Reference},B,b@example.org,,Educating,BCP,,,,,,\n"
            + $"{run.Reference},C,c@example.org,,Education,BCP,,,,,,\n");

        Assert.Equal(
            [(3, "delegate_email"), (3, "run_reference"), (4, "sector")],
            outcome.Errors.Select(error => (error.Row, error.Column)).Order());
    }

    [Fact]
    public async Task Run_MoreThanTheDateHolds_NamesTheFirstRowTooMany()
    {
        var run = await world.RunAsync(world.Today.AddDays(7), ["Amina Okafor"], capacity: 2);

        var outcome = await ImportAsync(string.Concat(Enumerable.Range(1, 3).Select(number =>
            $"{run.Reference},Person {number},p{number}@example.org,,Education,BCP,,,,,,\n")));

        var error = Assert.Single(outcome.Errors);
        Assert.Equal((3, "run_reference"), (error.Row, error.Column));
        Assert.Contains("has 2 places", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await TakenAsync(run));
    }

    [Fact]
    public async Task Run_SameDateTwiceAtOnce_NeverOversells()
    {
        var run = await world.RunAsync(world.Today.AddDays(7), capacity: 10);
        string File(string kind) => string.Concat(Enumerable.Range(1, 8).Select(number =>
            $"{run.Reference},Person {number},{kind}{number}@example.org,,Education,BCP,,,,,,\n"));

        var outcomes = await Task.WhenAll(ImportAsync(File("a")), ImportAsync(File("b")));

        Assert.Single(outcomes, outcome => outcome.IsRefused);
        Assert.Equal((8, 8), (await TakenAsync(run), await CountAsync("places")));
    }

    [Fact]
    public async Task Run_TenThousandRows_TakesSeconds()
    {
        var runs = new List<BookedRun>();
        for (var number = 0; number < 20; number++)
        {
            runs.Add(await world.RunAsync(world.Today.AddDays(-7), capacity: 500));
        }

        var rows = string.Concat(Enumerable.Range(0, 10_000).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $"{runs[number / 500].Reference},Person {number},person{number % 4000}@example.org,Organisation {number % 300},Education,BCP,2026-10-01,booked,attended,82.00,82.00,card\n")));

        var watch = Stopwatch.StartNew();
        var first = await ImportAsync(rows);
        var took = watch.Elapsed;
        watch.Restart();
        var second = await ImportAsync(rows);

        output.WriteLine($"10,000 rows: {took.TotalSeconds:0.0} s; the same again: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal((10_000, 0), (first.Added, first.Errors.Count));
        Assert.Equal((0, 0, 10_000), (second.Added, second.Changed, second.Unchanged));
    }

    private Task<ImportOutcome> ImportAsync(string rows, bool dryRun = false) => app.WithAsync((ImportBookings import) =>
        import.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(Header + rows)), dryRun, Ct));

    private Task<Place> PlaceAsync() => app.WithAsync((TrainingHubDb db) => db.Places.SingleAsync(Ct));

    private Task<int> TakenAsync(BookedRun run) =>
        app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(known => known.Id == run.Id).Select(known => known.PlacesTaken).SingleAsync(Ct));

    private async Task<int> CountAsync(string table)
    {
        await using var command = app.Database.CreateCommand($"select count(*)::int from {table}");
        return (int)(await command.ExecuteScalarAsync(Ct))!;
    }
}
