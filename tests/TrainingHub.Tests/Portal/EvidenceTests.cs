using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Portal;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>A staff list beside the training of an organisation: who is found, who is proposed, what is missing, and that nothing of the list stays.</summary>
public sealed class EvidenceTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Listed = 80;
    private const int Trained = 60;

    /// <summary>As many slips may be so heavy that the right name is offered first, but not chosen before a person looks.</summary>
    private const int Heavy = 2;

    private static readonly string[] FirstNames = ["Alice", "Benedict", "Charlotte", "Dominic", "Eleanor", "Frederick", "Gwendolen", "Hannah", "Isaac", "Josephine"];
    private static readonly string[] Surnames = ["Ashworth", "Braithwaite", "Cartwright", "Drummond", "Ellington", "Fairclough", "Greenhalgh", "Hathersage"];

    // What a keyboard makes of a name.
    private static readonly Func<string, string>[] Slips =
    [
        name => name[..2] + name[3] + name[2] + name[4..],
        name => name.Remove(3, 1),
        name => name.Insert(4, name[4].ToString()),
        name => name[..^1],
        name => name.Replace("th", "ht", StringComparison.Ordinal).Replace("ine", "yne", StringComparison.Ordinal),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    [Fact]
    public async Task EightyNamesWithSlips_AreFoundOrProposed_AndNobodyIsTakenForAnother()
    {
        var school = await TrainedSchoolAsync(renewalMonths: 36);
        var lines = Enumerable.Range(0, Listed).Select(ListName).ToList();

        var view = await CompareAsync(school, Csv(["Name"], lines.Select(name => new[] { name })));

        var training = view.Training;
        var sure = view.Matches.Where(match => match.IsSure).ToList();
        Assert.All(sure, match => Assert.Equal(PersonKey.NameOf(NameOf(match.Member.Row - 2)), PersonKey.NameOf(training.People.Single(person => person.Id == match.Proposed).Name)));
        Assert.Equal(Trained - (Trained / 4), sure.Count);
        var slipped = view.Matches.Where(match => match.Member.Row - 2 is < Trained and var number && IsSlip(number)).ToList();
        Assert.Equal(Trained / 4, slipped.Count);
        Assert.All(slipped, match => Assert.Equal(NameOf(match.Member.Row - 2), match.Candidates[0].Name));
        Assert.InRange(slipped.Count(match => match.Proposed is null), 0, Heavy);
        Assert.All(slipped.Where(match => match.Proposed is not null), match => Assert.Equal(match.Candidates[0].Id, match.Proposed));
        Assert.All(view.Matches.Skip(Trained), match => Assert.False(match.IsSure));
    }

    [Fact]
    public async Task Lead_ComparesDecidesAndTakesTheWorkbook_AndNothingOfTheListStays()
    {
        var school = await app.Given.OrganisationAsync("Evidence School", isApproved: true);
        var (basic, advanced) = (await CourseAsync("Neglect evidence", 36), await CourseAsync("Thresholds evidence", 12));
        await AttendAsync(basic, -100, school, "Ann Ames", "Tom Tate", "Gus Gone");
        await AttendAsync(advanced, -400, school, "Ann Ames");
        await app.Given.LeadAsync(school.Id, "head@evidence.example");
        var start = await (await app.SignInByCodeAsync("head@evidence.example")).Browser.GetAsync(PortalUrls.Evidence(school.Id));

        var asked = await start.SubmitAsync(form => Attach(form, "Forename,Surname,Job title,National insurance\nAnn,Ames,Teacher,QQ123456C\nTom,Tait,Cook,QQ123456D\nZebedee,Unlisted,Governor,QQ123456E"), button: "Compare");
        var shown = await asked.SubmitAsync(form => form["Who[3]"] = form.ValueOfOption("Who[3]", "Tom Tate"), button: "Show the evidence");
        var file = await shown.SubmitAsync(button: "Download as a workbook (XLSX)");

        Assert.Equal("Are these the same people?", asked.All("h2")[0]);
        Assert.Contains("1 of the 3 people on your list are found", asked.Main);
        Assert.Equal(["3 people on your list", "2 have attended a course here", "2 have a gap", "0 lack nothing now, but a course ends soon"], shown.All(".app-figure"));
        Assert.Contains("Thresholds evidence: ended on", shown.Main);
        Assert.Contains("here: Tom Tate", shown.Main);
        Assert.Contains("No training here", shown.Main);
        Assert.Contains("Gus Gone: Neglect evidence", shown.Main);
        Assert.Equal(WorkbookWriter.ContentType, file.Response.Content.Headers.ContentType?.MediaType);
        var book = Workbook.Read(await file.Response.Content.ReadAsByteArrayAsync(Ct), rows => rows.Any(row => row.Cells.Any(cell => cell.Words == "What is missing")));
        Assert.Contains(book.Sheets[0].Rows, row => row.Cells.Any(cell => cell.Words == "Zebedee Unlisted"));
        Assert.Empty(await Tables.HoldingAsync(app, "Zebedee"));
        Assert.Empty(await Tables.HoldingAsync(app, "QQ123456"));
        Assert.DoesNotContain("QQ123456", asked.Text + shown.Text);
    }

    [Fact]
    public async Task NeededCourses_MakeAGapOfWhoHasNotAttendedThem()
    {
        var school = await app.Given.OrganisationAsync("Needed School", isApproved: true);
        var (needed, other) = (await CourseAsync("Needed course", 36), await CourseAsync("Other course", null));
        await AttendAsync(needed, -1050, school, "Ann Soon");
        await AttendAsync(other, -30, school, "Tom Other");
        await app.Given.LeadAsync(school.Id, "head@needed.example");
        var start = await (await app.SignInByCodeAsync("head@needed.example")).Browser.GetAsync(PortalUrls.Evidence(school.Id));

        var shown = await start.SubmitAsync(
            form =>
            {
                Attach(form, "Name\nAnn Soon\nTom Other");
                form.Tick(EvidenceView.Needed, needed.Id.ToString());
            },
            button: "Compare");

        Assert.Contains("Needed: Needed course", shown.Main);
        Assert.Contains("Needed course: not attended", shown.Main);
        Assert.Contains("Needed course: ends on", shown.Main);
        Assert.Equal("1 has a gap", shown.All(".app-figure")[2]);
    }

    [Theory]
    [InlineData("", "Choose your staff list")]
    [InlineData("Colour,Size\nred,9", "The list needs a column “Name”, or the columns “First name” and “Last name”.")]
    [InlineData("Name\n", "There is nobody in the list.")]
    public async Task BadList_IsExplainedAtTheField(string content, string error)
    {
        var school = await app.Given.OrganisationAsync($"Bad {Guid.NewGuid():N}"[..20], isApproved: true);
        await app.Given.LeadAsync(school.Id, $"{school.Id:N}@bad.example");
        var start = await (await app.SignInByCodeAsync($"{school.Id:N}@bad.example")).Browser.GetAsync(PortalUrls.Evidence(school.Id));

        var refused = await start.SubmitAsync(form => { if (content.Length > 0) { Attach(form, content); } }, button: "Compare");

        Assert.Equal(error, Assert.Single(refused.Errors));
    }

    [Fact]
    public async Task SamePersonTwice_IsRefusedAtTheRow_AndAForgedOneToo()
    {
        var school = await app.Given.OrganisationAsync("Twice School", isApproved: true);
        await AttendAsync(await CourseAsync("Twice course", null), -30, school, "Katherine Wilson");
        await app.Given.LeadAsync(school.Id, "head@twice.example");
        var start = await (await app.SignInByCodeAsync("head@twice.example")).Browser.GetAsync(PortalUrls.Evidence(school.Id));
        var asked = await start.SubmitAsync(form => Attach(form, "Name\nKatharine Wilson\nCatherine Wilson"), button: "Compare");
        var katherine = await app.WithAsync((TrainingHubDb db) => db.People.Where(person => person.Name == "Katherine Wilson").Select(person => person.Id).SingleAsync(Ct));

        var twice = await asked.SubmitAsync(form => (form["Who[2]"], form["Who[3]"]) = (katherine.ToString(), katherine.ToString()), button: "Show the evidence");
        var mended = await twice.SubmitAsync(form => form["Who[3]"] = "", button: "Show the evidence");
        var forged = await asked.Browser.PostAsync(
            $"{PortalUrls.Evidence(school.Id)}?handler=Decide", asked.Fields(form => form.Forge("Who[2]", Guid.NewGuid().ToString())).Where(field => field.Key != "Who[2]" || field.Value != katherine.ToString()));
        var lost = await asked.Browser.PostAsync(
            $"{PortalUrls.Evidence(school.Id)}?handler=Decide", asked.Fields(form => form.Forge("List", "[{}]")).Where(field => field.Key != "List" || field.Value == "[{}]"));

        Assert.Equal(2, twice.Errors.Count);
        Assert.All(twice.Errors, error => Assert.StartsWith("You chose the same person twice", error, StringComparison.Ordinal));
        Assert.Contains("1 has attended a course here", mended.All(".app-figure"));
        Assert.Equal("Choose somebody of the list, or Nobody", forged.Errors[0]);
        Assert.Equal("Choose your staff list again", Assert.Single(lost.Errors));
    }

    [Fact]
    public async Task OfAnotherOrganisation_IsNotFound_AndStaffSeeAnyAndHistorySaysWhoTookIt()
    {
        var school = await app.Given.OrganisationAsync("Staff evidence School", isApproved: true);
        await AttendAsync(await CourseAsync("Staff evidence course", null), -30, school, "Ann Staff");
        await app.Given.LeadAsync((await app.Given.OrganisationAsync("Foreign School", isApproved: true)).Id, "head@foreign.example");
        var foreign = await app.SignInByCodeAsync("head@foreign.example");
        var staff = await app.BrowseAsStaffAsync();

        var refused = await foreign.Browser.GetAsync(PortalUrls.Evidence(school.Id));
        var shown = await (await staff.GetAsync($"/staff/organisations/{school.Id}/evidence")).SubmitAsync(form => Attach(form, "Name\n\"Staff, Ann\""), button: "Compare");
        await shown.SubmitAsync(button: "Download as a workbook (XLSX)");

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Contains("here: Ann Staff", shown.Main);
        Assert.Contains("Training evidence downloaded", (await staff.GetAsync($"/staff/organisations/{school.Id}")).Main);
    }

    private static void Attach(TestForm form, string content) => form.Attach(EvidenceView.Upload, "staff.csv", Encoding.UTF8.GetBytes(content));

    private static string NameOf(int number) => $"{FirstNames[number % FirstNames.Length]} {Surnames[number / FirstNames.Length]}";

    private static bool IsSlip(int number) => number % 4 == 3;

    // Of those who were trained one in four is written wrongly; others are turned round, or in capitals.
    private static string ListName(int number) => NameOf(number) is var name && number < Trained && IsSlip(number) ? Slips[number / 4 % Slips.Length](name)
        : number % 4 == 1 ? string.Join(", ", name.Split(' ').Reverse())
        : number % 4 == 2 ? name.ToUpperInvariant()
        : name;

    private static string Csv(string[] columns, IEnumerable<string[]> rows) => new TextTable(columns, [.. rows]).ToCsv();

    private async Task<EvidenceView> CompareAsync(Organisation school, string csv) => await app.WithAsync(async (ReadEvidence read) =>
        await read.CompareAsync(await read.StartAsync(school.Id, school.Name, "/", Ct), new MemoryStream(Encoding.UTF8.GetBytes(csv)), Ct));

    private async Task<Organisation> TrainedSchoolAsync(int renewalMonths)
    {
        var school = await app.Given.OrganisationAsync("Eighty School", isApproved: true);
        await AttendAsync(await CourseAsync("Eighty course", renewalMonths), -60, school, [.. Enumerable.Range(0, Trained).Select(NameOf)]);
        return school;
    }

    private async Task<Course> CourseAsync(string title, int? renewalMonths)
    {
        var course = await app.Given.CourseAsync(title);
        await app.WithAsync((TrainingHubDb db) => db.Courses.Where(one => one.Id == course.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.RenewalMonths, renewalMonths), Ct));
        return course;
    }

    private async Task AttendAsync(Course course, int days, Organisation school, params string[] names)
    {
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
        var run = await app.Given.RunAsync(course.Id, Today.AddDays(days), capacity: 100);
        foreach (var made in await app.Given.PlacesAsync(run, [.. names.Select(name => new GivenDelegate(name) { For = school, BookedBy = "office@school.example" })]))
        {
            await app.Given.MarkAsync(made.Place.Id, app.Clock.Now);
        }
    }
}
