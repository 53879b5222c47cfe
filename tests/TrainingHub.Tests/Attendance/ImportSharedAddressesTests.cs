using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.Platform.Files;
using Xunit;
using static TrainingHub.Tests.Platform.Files.TestWorkbook;

namespace TrainingHub.Tests.Attendance;

/// <summary>A ten-year-old spreadsheet of a partnership whose nurseries share an address, in the three forms in which Excel saves it.</summary>
public sealed class ImportSharedAddressesTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly string[] Headings =
        ["Run reference", "Delegate name", "Delegate email", "Organisation", "Sector", "Area", "Booked on", "Attendance", "Price", "Paid"];

    private readonly TestApp app = new(databases);

    public enum Form
    {
        Workbook,
        Windows1252,
        Utf16,
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(Form.Workbook)]
    [InlineData(Form.Windows1252)]
    [InlineData(Form.Utf16)]
    public async Task Run_SeveralPeopleOnOneAddress_GivesTheSamePeoplePlacesAndMoney(Form form)
    {
        var world = new RegisterWorld(app);
        var run = await world.RunAsync(world.Today.AddDays(-7));
        var file = FileOf(form, run.Reference);

        var outcome = await ImportAsync(file);
        var again = await ImportAsync(file);

        Assert.Empty(outcome.Errors);
        Assert.Equal((4, 0, 4), (outcome.Added, again.Added, again.Unchanged));
        Assert.Equal(
            ["Amina Okafor office@stmarys.example", "Tom Rees office@stmarys.example", "Zoë O'Brien office@stmarys.example", "Zoë O'Brien zoe@home.example"],
            (await app.WithAsync((TrainingHubDb db) => db.People.Select(person => person.Name + " " + person.EmailKey).ToListAsync(Ct)))
                .Select(person => person.Replace('’', '\'')).Order(StringComparer.Ordinal));
        Assert.Equal(
            (4, 2, 8250 + 108250),
            await app.WithAsync(async (TrainingHubDb db) => (
                await db.Places.CountAsync(place => place.RunId == run.Id, Ct), await db.AttendanceMarks.CountAsync(mark => mark.Mark == Mark.Attended, Ct),
                await db.LedgerEntries.Where(entry => entry.Kind == TrainingHub.Payments.LedgerKind.Payment).SumAsync(entry => entry.AmountPence, Ct))));
    }

    private async Task<ImportOutcome> ImportAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return await app.WithAsync((ImportBookings import) => import.RunAsync(stream, dryRun: false, Ct));
    }

    private static byte[] FileOf(Form form, string run) => form switch
    {
        Form.Workbook => new TestWorkbook().Sheet(
            Row(Text("Delegates 2016/17 – £ per place"))
            + Row([.. Headings.Select(Text)])
            + Row([.. Rows(run)[0][..6].Select(Text), Number("46296", 1), Text("attended"), Number("82.5", 3), Number("82.5", 3)])
            + Row([.. Rows(run)[1][..6].Select(Text), Number("46296", 1), Text("attended"), Number("1082.5", 3), Number("1082.5", 3)])
            + Row([.. Rows(run)[2][..6].Select(Text), Number("46296", 1), "<c/>", Text("FREE"), Number("0", 3)])
            + Row([.. Rows(run)[3][..6].Select(Text), Number("46296", 1), "<c/>", "<c/>", "<c/>"])
            + Row(Text("Total"), "<c/>", "<c/>", "<c/>", "<c/>", "<c/>", "<c/>", "<c/>", "<c><f>SUM(I3:I6)</f><v>1165</v></c>")).ToBytes(),
        Form.Windows1252 => (CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1).GetBytes(Lines(run, ',')),
        Form.Utf16 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Lines(run, '\t'))],
    };

    private static string[][] Rows(string run) =>
    [
        [run, "Zoë O’Brien", "office@stmarys.example", "St Mary’s Nursery", "Education", "BCP Council area", "01-Oct-26", "attended", "£82.5", "£82.5"],
        [run, "Tom Rees", "Office@StMarys.example", "St Mary’s Nursery", "Education", "BCP Council area", "01-Oct-26", "attended", "£1,082.5", "£1,082.5"],
        [run, "Amina Okafor", "office@stmarys.example ", "St Mary’s Nursery", "Education", "BCP Council area", "01-Oct-26", "", "FREE", "£ -   "],
        [run, "Zoë O’Brien", "zoe@home.example", "", "Education", "BCP", "01-Oct-26", "", "", ""],
    ];

    private static string Lines(string run, char separator)
    {
        string[][] lines = [["Delegates 2016/17 – £ per place"], [], Headings, .. Rows(run), [], ["Total", "", "", "", "", "", "", "", "1165"]];
        return string.Concat(lines.Select(line => string.Join(separator, line.Select(cell => cell.Contains(',') ? $"\"{cell}\"" : cell)) + "\r\n"));
    }
}
