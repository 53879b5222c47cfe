using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

public sealed class ImportProgrammeTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Header = "course,run_reference,date,start,end,capacity,delivery,venue,area,provider,fee,tag,level,length,title_on_offer\n";
    private const string Row = "Bruises,BR-1,2027-03-27,09:30,12:30,20,In person,Town Hall,BCP,Trainers Ltd,£52.50,Priority,Level 2,Half day,Bruises in babies\n";
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Run_NewFile_AddsEverythingAndNamesIt()
    {
        var outcome = await ImportAsync(Header + Row);

        Assert.Equal((1, 0, 0), (outcome.Added, outcome.Changed, outcome.Unchanged));
        Assert.Equal(
            ["New course: Bruises.", "Bruises is also known as “Bruises in babies”.", "New venue: Town Hall.", "New trainer: Trainers Ltd."],
            outcome.Notes);
        var line = Assert.Single(await LinesAsync());
        Assert.Equal(("BR-1", "Town Hall", "BCP Council area", "Trainers Ltd", 20), (line.Reference, line.Venue, line.Area, line.Provider, line.Capacity));
        Assert.Equal((RunSlot.Saturday, "9:30am to 12:30pm", "£52.50"), (line.Slot, line.TimeWords, line.Price?.Each.ToString()));
    }

    [Fact]
    public async Task Run_DryRun_SaysTheSameAndWritesNothing()
    {
        var preview = await ImportAsync(Header + Row, dryRun: true);

        Assert.Equal(1, preview.Added);
        Assert.Empty(await LinesAsync());
        Assert.Equal(preview.Notes, (await ImportAsync(Header + Row)).Notes);
    }

    [Fact]
    public async Task Run_SameFileTwice_ChangesNothingAndSaysSo()
    {
        await ImportAsync(Header + Row);
        var before = await LinesAsync();

        var again = await ImportAsync(Header + Row);

        Assert.Equal("Nothing to do: its one row is known already.", again.Words);
        Assert.Empty(again.Notes);
        Assert.Equal(before.Select(line => (line.Id, line.ChangeNumber)), (await LinesAsync()).Select(line => (line.Id, line.ChangeNumber)));
    }

    [Fact]
    public async Task Run_KnownDateMoved_ChangesItAndCountsTheMove()
    {
        await ImportAsync(Header + Row);

        var outcome = await ImportAsync(Header + Row.Replace("2027-03-27", "29/03/2027", StringComparison.Ordinal));

        var line = Assert.Single(await LinesAsync());
        Assert.Equal((1, RunSlot.Weekday, 1), (outcome.Changed, line.Slot, line.ChangeNumber));
    }

    [Fact]
    public async Task Run_OtherTitleOfACourse_LandsOnTheSameCourse()
    {
        await ImportAsync(Header + Row);

        var outcome = await ImportAsync("course,run_reference,date,start,end,capacity,fee\n PDSCP - bruises IN babies,BR-2,2027-04-01,16:00,19:00,12,50\n");

        Assert.Empty(outcome.Notes);
        Assert.Single((await LinesAsync()).Select(line => line.CourseId).Distinct());
    }

    [Theory]
    [InlineData("2027-03-27", "Easter", "date", "“Easter” is not a date.")]
    [InlineData("2027-03-27,09:30", "2027-03-28,01:30", "start", "There is no 01:30 on 28 March 2027: the clocks go forward")]
    [InlineData("09:30", "half nine", "start", "“half nine” is not a time.")]
    [InlineData("12:30", "09:30", "end", "The end must be after the start")]
    [InlineData(",20,", ",0,", "capacity", "“0” is not a whole number from 1 to 500.")]
    [InlineData(",20,", ",501,", "capacity", "“501” is not a whole number from 1 to 500.")]
    [InlineData("In person", "By post", "delivery", "“By post” is not known. Write one of: In person, Online")]
    [InlineData("BCP", "Narnia", "area", "“Narnia” is not known. Write one of: BCP, Dorset, Both, Elsewhere")]
    [InlineData("£52.50", "a lot", "fee", "“a lot” is not an amount.")]
    [InlineData("Half day", "Long", "length", "“Long” is not known. Write one of: Half day, Full day")]
    [InlineData("Bruises,BR-1", ",BR-1", "course", "Fill this in.")]
    public async Task Run_OneWrongCell_NamesRowColumnAndWritesNothing(string right, string wrong, string column, string message)
    {
        var bad = Row.Replace("BR-1", "BR-9", StringComparison.Ordinal).Replace(right.Replace("BR-1", "BR-9", StringComparison.Ordinal), wrong.Replace("BR-1", "BR-9", StringComparison.Ordinal), StringComparison.Ordinal);

        var outcome = await ImportAsync(Header + Row + bad);

        var error = Assert.Single(outcome.Errors);
        Assert.Equal((3, column), (error.Row, error.Column));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(await LinesAsync());
    }

    [Fact]
    public async Task Run_ReferenceTwiceInTheFile_NamesTheFirstRow()
    {
        var outcome = await ImportAsync(Header + Row + Row.Replace("BR-1", "br-1", StringComparison.Ordinal));

        Assert.Equal("Row 3, run_reference: This reference is in row 2 already. Give each date its own.", Assert.Single(outcome.Errors).ToString());
    }

    [Fact]
    public async Task Run_TitleOfAnotherCourse_IsRefused()
    {
        await ImportAsync(Header + Row);

        var outcome = await ImportAsync("course,run_reference,date,start,end,capacity,title_on_offer\nBurns,BU-1,2027-04-01,09:00,12:00,12,Bruises\n");

        Assert.Equal("Row 2, title_on_offer: This is a title of Bruises, not of Burns.", Assert.Single(outcome.Errors).ToString());
    }

    [Theory]
    [InlineData(",20,", ",4,", "Row 2, capacity: 5 places are taken on BR-1, so it cannot have fewer.")]
    [InlineData("2027-03-27", "2027-03-29", "Row 2, run_reference: 5 places are taken on BR-1, so its course, day, time and place cannot be changed here.")]
    [InlineData("Town Hall", "Castle", "Row 2, run_reference: 5 places are taken on BR-1, so its course, day, time and place cannot be changed here.")]
    public async Task Run_PlacesAreTaken_KeepsWhatPeopleWereTold(string from, string to, string message)
    {
        await ImportAsync(Header + Row);
        await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.ExecuteUpdateAsync(set => set.SetProperty(run => run.PlacesTaken, 5), Ct));

        var outcome = await ImportAsync(Header + Row.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(message, Assert.Single(outcome.Errors).ToString());
    }

    [Fact]
    public async Task Run_ColumnsAbsentOrCellsEmpty_KeepWhatIsKnown()
    {
        await ImportAsync(Header + Row);

        var absent = await ImportAsync("course,run_reference,date,start,end,capacity\nBruises,BR-1,2027-03-27,09:30,12:30,20\n");
        var empty = await ImportAsync(Header + "Bruises,BR-1,2027-03-27,09:30,12:30,20,,,,,,,,,\n");

        Assert.Equal(("Nothing to do: its one row is known already.", "Nothing to do: its one row is known already."), (absent.Words, empty.Words));
        var line = Assert.Single(await LinesAsync());
        Assert.Equal(("Town Hall", "BCP Council area", "Trainers Ltd", "£52.50"), (line.Venue, line.Area, line.Provider, line.Price?.Each.ToString()));
    }

    [Fact]
    public async Task Run_Hyphen_ClearsAndShowsOldAndNew()
    {
        await ImportAsync(Header + Row);

        var outcome = await ImportAsync(Header + "Bruises,BR-1,28/03/2027,09:30,12:30,24,Online,-,-,-,60,,,,\n");

        Assert.Equal(
            [
                "BR-1, date: 27 March 2027 → 28 March 2027", "BR-1, capacity: 20 → 24", "BR-1, delivery: In person → Online",
                "BR-1, venue: Town Hall → (empty)", "BR-1, area: BCP → (empty)", "BR-1, provider: Trainers Ltd → (empty)", "BR-1, fee: £52.50 → £60",
            ],
            outcome.Changes.Select(change => change.ToString()));
        var line = Assert.Single(await LinesAsync());
        Assert.Equal((null, null, null), (line.Venue, line.Area, line.Provider));
    }

    [Fact]
    public async Task Run_OnlyTheFeeOfABookedDate_IsAcceptedAndSaysWhoPaysIt()
    {
        await ImportAsync(Header + Row);
        await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.ExecuteUpdateAsync(set => set.SetProperty(run => run.PlacesTaken, 5), Ct));

        var outcome = await ImportAsync(Header + Row.Replace("£52.50", "£60", StringComparison.Ordinal));

        Assert.Equal("BR-1, fee: £52.50 → £60", Assert.Single(outcome.Changes).ToString());
        Assert.Equal("BR-1: the new fee is for new bookings. The 5 places that are taken keep their price.", Assert.Single(outcome.Notes));
        Assert.Equal("£60", Assert.Single(await LinesAsync()).Price?.Each.ToString());
    }

    [Fact]
    public async Task Run_LongNameOfAnArea_IsUnderstood()
    {
        await ImportAsync(Header + Row.Replace(",BCP,", ",BCP Council area,", StringComparison.Ordinal));

        Assert.Equal("BCP Council area", Assert.Single(await LinesAsync()).Area);
    }

    [Fact]
    public async Task Run_TenThousandRows_AreAllThere()
    {
        var file = new StringBuilder(Header);
        for (var number = 0; number < 10_000; number++)
        {
            file.Append(CultureInfo.InvariantCulture, $"Course {number % 50},R-{number},{new DateOnly(2027, 1, 1).AddDays(number % 300):yyyy-MM-dd},09:30,12:30,20,Online,,Both,Trainer {number % 7},55.00,,,Half day,\n");
        }

        var outcome = await ImportAsync(file.ToString());

        Assert.Equal((10_000, 10_000), (outcome.Added, await app.WithAsync<TrainingHubDb, int>(db => db.CourseRuns.CountAsync(Ct))));
    }

    [Theory]
    [InlineData("Siân's Course (new)", "sians-course-new")]
    [InlineData("  A & B  ", "a-b")]
    [InlineData("???", "course")]
    public void SlugOf_Title_IsPlain(string title, string slug) => Assert.Equal(slug, CourseFinder.SlugOf(title));

    private async Task<ImportOutcome> ImportAsync(string text, bool dryRun = false)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await app.WithAsync<ImportProgramme, ImportOutcome>(import => import.RunAsync(file, dryRun, Ct));
    }

    private async Task<List<DateLine>> LinesAsync() =>
        await app.WithAsync<TrainingHubDb, List<DateLine>>(db => DateLines.Of(db, db.CourseRuns).OrderBy(line => line.Reference).ToListAsync(Ct));
}
