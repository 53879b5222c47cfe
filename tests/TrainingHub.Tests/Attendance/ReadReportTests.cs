using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>From a report to the register: on the page and on the command line. The course is today from 9:30 to 12:30.</summary>
public sealed class ReadReportTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly RegisterWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_ReadsProposesAndSetsOnlyWhatWasDecided()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames", "Bo Boon", "Cas Cole", "Dee Dunn", "Eve Eden"]);
        var preview = await UploadAsync(run, Report(Stay("Alice Ames", 180), Stay("Bo Boon", 60), Stay("Cas Cole", 10), Stay("Little Oaks iPad", 180), Stay("07700 900123", 170)));

        Assert.Equal("Read a Teams, Zoom or Meet report", preview.Heading);
        Assert.Contains("07700 900123 170 minutes", preview.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("name=07700", preview.Text, StringComparison.Ordinal);
        Assert.Contains($"/staff/dates/{run.Id}/book?walkIn=true&amp;name=Little%20Oaks%20iPad", preview.Text, StringComparison.Ordinal);
        Assert.Empty(await world.MarksAsync(run));
        // In doubt, by name: the telephone, Cas, the screen. Then Alice and Bo.
        var register = await preview.SubmitAsync(form =>
        {
            form["Rows[0].Who"] = "none";
            form.Tick("Rows[2].Also", run.Places[3].ToString());
            form.Tick("Rows[2].Also", run.Places[4].ToString());
        });

        Assert.Contains("4 people marked from a Teams report: 3 attended, 1 in part. 1 name was left undecided", register.Main, StringComparison.Ordinal);
        Assert.Equal(
            [("Attended", 180, null), ("Part", 60, 120), ("Attended", 180, null), ("Attended", 180, null)],
            (await InOrderAsync(run)).Select(mark => (mark.Mark.ToString(), mark.Minutes, mark.LeftEarly)));
        Assert.Contains("60 minutes by a Teams report, left 120 minutes early", register.Main, StringComparison.Ordinal);
        Assert.Contains("1 to mark. 3 attended, 1 in part, 0 absent, of 5.", register.Main, StringComparison.Ordinal);
        var entry = Assert.Single((await register.Browser.GetAsync($"/staff/dates/{run.Id}")).All(".app-history__entry"));
        Assert.Contains("Register marked from a Teams report by Ann Coordinator", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("Ames", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SecondTimeAndAfterHandMarks_ChangesNothingAndShowsTheDifference()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames", "Bo Boon"]);
        var report = Report(Stay("Alice Ames", 180), Stay("Bo Boon", 180));
        var first = await UploadAsync(run, report);
        await MarkAsync(run, 1, Mark.Absent);

        var saved = await first.SubmitAsync();
        var again = await UploadAsync(run, report);

        Assert.Contains("1 person marked from a Teams report: 1 attended, 0 in part. 1 person had a mark already, which stays", saved.Main, StringComparison.Ordinal);
        Assert.Equal([Mark.Attended, Mark.Absent], (await InOrderAsync(run)).Select(mark => mark.Mark));
        Assert.Contains("There is nothing to save.", again.Main, StringComparison.Ordinal);
        Assert.Contains("Bo Boon: absent. The report says attended, 180 minutes", again.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Alice Ames: attended.", again.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Undo_PutsTheRegisterBackAsItWas()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames", "Bo Boon", "Cas Cole"]);
        await MarkAsync(run, 2, Mark.Part);
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        var register = await (await UploadAsync(run, Report(Stay("Alice Ames", 180), Stay("Bo Boon", 180), Stay("Cas Cole", 180)))).SubmitAsync();

        register = await register.SubmitAsync(selector: "form[action*='handler=Undo']");

        Assert.Contains("Undone: 2 people without a mark again", register.Main, StringComparison.Ordinal);
        Assert.Equal(run.Places[2], Assert.Single(await world.MarksAsync(run)).PlaceId);
    }

    [Fact]
    public async Task Page_OtherDayNoReportOrTooLong_SaysSoAtTheFile()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames"]);
        var before = world.Today.AddDays(-3).ToString("d MMMM", CultureInfo.InvariantCulture);

        var other = await UploadAsync(run, Report(Stay("Alice Ames", 180, world.Today.AddDays(-3))));
        var none = await UploadAsync(run, Reports.Utf8("name,colour\nAlice,red\n"));
        var stale = await UploadAsync(run, Report(Stay("Alice Ames", 180)));
        for (var minutes = 0; minutes < 60; minutes += 12)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(12));
            await stale.Browser.GetAsync("/staff");
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await stale.SubmitAsync();

        Assert.Contains($"This report is for {before}, not for", Assert.Single(other.Errors), StringComparison.Ordinal);
        Assert.Contains("This is not an attendance report", Assert.Single(none.Errors), StringComparison.Ordinal);
        Assert.Equal("This report was read too long ago. Choose the file again.", Assert.Single(late.Errors));
        Assert.Empty(await world.MarksAsync(run));
    }

    [Fact]
    public async Task Page_SamePersonTwiceOrNoMark_IsNamedAtItsPlaceAndKept()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames"]);
        var preview = await UploadAsync(run, Report(Stay("Alice Ames", 180), Stay("Alice's phone", 170), Stay("A", 5)));

        var twice = await preview.SubmitAsync(form => (form["Rows[0].Who"], form["Rows[1].Who"]) = (run.Places[0].ToString(), run.Places[0].ToString()));

        Assert.Equal(["Choose attended or part for A", "Alice Ames is chosen twice. Leave one of the two undecided, or give it to somebody else"], twice.Errors);
        Assert.Equal(run.Places[0].ToString(), twice.Find("#Rows_1__Who option[selected]").GetAttribute("value"));
        Assert.Empty(await world.MarksAsync(run));
    }

    [Fact]
    public async Task Command_PrintsTheProposalAndSetsItOnlyWhenAccepted()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames", "Bo Boon", "Cas Cole", "Dee Dunn"]);
        await MarkAsync(run, 1, Mark.Absent);
        var file = Report(Stay("Alice Ames", 180), Stay("Bo Boon", 180), Stay("Cas Cole", 60), Stay("Someone Else", 60));

        var shown = await CommandAsync(run.Reference, [], file);
        Assert.Single(await world.MarksAsync(run));
        var accepted = await CommandAsync(run.Reference, ["--accept"], file, file);
        var again = await CommandAsync(run.Reference, ["--accept"], file);

        Assert.Equal(
            (0, "name,delegate,minutes,proposed\nAlice Ames,Alice Ames,180,attended\nBo Boon,Bo Boon,180,attended\nCas Cole,Cas Cole,60,part\nSomeone Else,,60,unmatched\n,Dee Dunn,,not-in-report\n", ""),
            shown);
        Assert.Equal((0, shown.Output, "2 marks were set.\n"), accepted);
        Assert.Equal((0, shown.Output, "0 marks were set.\n"), again);
        Assert.Equal([(Mark.Attended, true), (Mark.Absent, false), (Mark.Part, true)], (await InOrderAsync(run)).Select(mark => (mark.Mark, mark.MarkedById is null)));
    }

    [Fact]
    public async Task Command_OtherDayDateOrFile_IsRefusedWithOne()
    {
        var run = await world.RunAsync(world.Today, ["Alice Ames"]);

        var other = await CommandAsync(run.Reference, ["--accept"], Report(Stay("Alice Ames", 180, world.Today.AddDays(-1))));
        var unknown = await CommandAsync("NO-SUCH", [], Report(Stay("Alice Ames", 180)));

        Assert.Equal((1, ""), (other.Code, other.Output));
        Assert.Contains("This report is for", other.Errors, StringComparison.Ordinal);
        Assert.Equal((1, "No date has the reference NO-SUCH.\nNothing was written.\n"), (unknown.Code, unknown.Errors));
        Assert.Empty(await world.MarksAsync(run));
    }

    [Fact]
    public async Task Command_DateOfTwoMeetings_MarksTheMeetingOfItsDay()
    {
        var run = await world.RunAsync(world.Today.AddDays(-7), ["Alice Ames"]);
        var (first, second) = (London.Instant(world.Today.AddDays(-7), new(9, 30)), London.Instant(world.Today, new(9, 30)));
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run.Id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.EndsAt, second.AddHours(3)).SetProperty(one => one.Meetings, Meetings.Of([new(first, first.AddHours(3)), new(second, second.AddHours(3))])), Ct));

        var before = await CommandAsync(run.Reference, ["--accept"], Report(Stay("Alice Ames", 60, world.Today.AddDays(-7))));
        var half = await app.WithAsync((TrainingHubDb db) => db.MeetingMarks.AsNoTracking().SingleAsync(mark => mark.PlaceId == run.Places[0], Ct));
        await CommandAsync(run.Reference, ["--accept"], Report(Stay("Alice Ames", 180)));

        Assert.Equal(0, before.Code);
        Assert.Equal("1 Part 60 Teams", $"{half.Meeting} {half.Mark} {half.Minutes} {half.ReadFrom}");
        Assert.Equal(Mark.Part, Assert.Single(await world.MarksAsync(run)).Mark);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register?meeting=1");
        Assert.Contains($"/staff/dates/{run.Id}/register/report?meeting=1", page.Text, StringComparison.Ordinal);
        var wrong = await UploadAsync(page.Browser, $"/staff/dates/{run.Id}/register/report?meeting=2", Report(Stay("Alice Ames", 60, world.Today.AddDays(-7))));
        Assert.Contains("This report is for", Assert.Single(wrong.Errors), StringComparison.Ordinal);
    }

    private string Stay(string name, int minutes, DateOnly? on = null)
    {
        var day = (on ?? world.Today).ToString("M/d/yy", CultureInfo.InvariantCulture);
        return $"{name}|{day}, 9:30:00 AM|{day}, {new TimeOnly(9, 30).AddMinutes(minutes).ToString("h:mm:ss tt", CultureInfo.InvariantCulture)}|{minutes}m|||Presenter";
    }

    private static byte[] Report(params string[] people) => Reports.Utf16(Reports.Tabs(
        $"2. Participants\nName|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role\n{string.Join('\n', people)}"));

    private async Task<TestPage> UploadAsync(BookedRun run, byte[] file) =>
        await UploadAsync(await app.BrowseAsStaffAsync(), $"/staff/dates/{run.Id}/register/report", file);

    private static async Task<TestPage> UploadAsync(TestBrowser browser, string address, byte[] file)
    {
        var form = await browser.GetAsync(address);
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "Files", "report.csv" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, form.Find("main form").GetAttribute("action") ?? address) { Content = content };
        return await browser.SendAsync(request);
    }

    private async Task<(int Code, string Output, string Errors)> CommandAsync(string reference, string[] options, params byte[][] files)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            List<string> paths = [];
            foreach (var file in files)
            {
                paths.Add(Path.Combine(folder.FullName, $"{paths.Count}.csv"));
                await File.WriteAllBytesAsync(paths[^1], file, Ct);
            }

            using var output = new StringWriter { NewLine = "\n" };
            using var errors = new StringWriter { NewLine = "\n" };
            var code = await app.WithAsync((ImportAttendance command) => command.RunAsync([reference, .. paths, .. options], output, errors, Ct));
            return (code, output.ToString(), errors.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MarkAsync(BookedRun run, int place, Mark mark)
    {
        var staff = await app.Given.StaffAsync();
        Assert.Null(await app.WithAsync((MarkAttendance command) => command.RunAsync(new(run.Id), run.Places[place], mark, new(staff, "Ben Coordinator"), Ct)));
    }

    private async Task<IEnumerable<AttendanceMark>> InOrderAsync(BookedRun run)
    {
        var marks = (await world.MarksAsync(run)).ToDictionary(mark => mark.PlaceId);
        return run.Places.Where(marks.ContainsKey).Select(place => marks[place]);
    }
}
