using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

public sealed class RegisterTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly RegisterWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_OneTap_MarksAndComesBackToThePerson()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Tom Rees"]);
        var browser = await app.BrowseAsStaffAsync();
        var page = await browser.GetAsync($"/staff/dates/{run.Id}/register");

        var after = await page.SubmitAsync(selector: Person(run, 1), button: "Part – Tom Rees");

        Assert.Equal($"#place-{run.Places[1]:N}", after.Response.RequestMessage!.RequestUri!.Fragment);
        Assert.Equal("✓ Part – Tom Rees", Assert.Single(after.All($"{Person(run, 1)} button[aria-pressed=true]")));
        Assert.Contains("1 to mark. 0 attended, 1 in part, 0 absent, of 2.", after.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_AnotherTapThenClear_LastTapWins()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");

        page = await page.SubmitAsync(selector: Person(run, 0), button: "Attended – Amina Okafor");
        page = await page.SubmitAsync(selector: Person(run, 0), button: "Absent – Amina Okafor");
        Assert.Equal(Mark.Absent, Assert.Single(await world.MarksAsync(run)).Mark);
        await page.SubmitAsync(selector: Person(run, 0), button: "Clear the mark of Amina Okafor");

        Assert.Empty(await world.MarksAsync(run));
    }

    [Fact]
    public async Task Register_MarkTheOthers_LeavesMarksThatStand()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Priya Sharma", "Tom Rees"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");
        page = await page.SubmitAsync(selector: Person(run, 2), button: "Absent – Tom Rees");

        page = await page.SubmitAsync(selector: "form[action*='handler=All']");

        Assert.Contains("2 people marked as attended", page.Main, StringComparison.Ordinal);
        var marks = (await world.MarksAsync(run)).ToDictionary(mark => mark.PlaceId, mark => mark.Mark);
        Assert.Equal([Mark.Attended, Mark.Attended, Mark.Absent], run.Places.Select(place => marks[place]));
    }

    [Fact]
    public async Task Register_UndoAfterMarkAll_RestoresExactlyWhatWasBefore()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Priya Sharma", "Tom Rees", "Zoe Young"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");
        page = await page.SubmitAsync(selector: Person(run, 2), button: "Absent – Tom Rees");
        Assert.Null(page.Document.QuerySelector("form[action*='handler=Undo']"));
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        page = await page.SubmitAsync(selector: "form[action*='handler=All']");
        Assert.Contains("Undo: 3 marked at once", page.Main, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        page = await page.SubmitAsync(selector: Person(run, 3), button: "Part – Zoe Young");

        page = await page.SubmitAsync(selector: "form[action*='handler=Undo']");

        Assert.Contains("Undone: 2 people without a mark again", page.Main, StringComparison.Ordinal);
        Assert.Equal(
            [(run.Places[2], Mark.Absent), (run.Places[3], Mark.Part)],
            (await world.MarksAsync(run)).OrderBy(mark => mark.MarkedAt).Select(mark => (mark.PlaceId, mark.Mark)));
        Assert.Null(page.Document.QuerySelector("form[action*='handler=Undo']"));
    }

    [Fact]
    public async Task Register_LateAndLeftEarly_AreNotedBesideTheMarkAndGoWithIt()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");
        Assert.Null(page.Document.QuerySelector(Times));
        page = await page.SubmitAsync(selector: Person(run, 0), button: "Attended – Amina Okafor");

        var wrong = await page.SubmitAsync(form => form["late"] = "a bit", Times);
        page = await page.SubmitAsync(form => (form["late"], form["early"]) = ("10", "1"), Times);

        Assert.Equal("Minutes are a whole number, at most 1440", Assert.Single(wrong.Errors));
        Assert.Equal("a bit", wrong.Find($"#place-{run.Places[0]:N}-late").GetAttribute("value"));
        Assert.NotNull(wrong.Find(".app-register__times[open]"));
        Assert.Contains("10 minutes late, left 1 minute early", page.Main, StringComparison.Ordinal);
        var noted = Assert.Single(await world.MarksAsync(run));
        Assert.Equal((Mark.Attended, 10, 1), (noted.Mark, noted.Late, noted.LeftEarly));
        Assert.Contains("Register times noted by Ann Coordinator", (await page.Browser.GetAsync($"/staff/dates/{run.Id}")).Main, StringComparison.Ordinal);
        await page.SubmitAsync(selector: Person(run, 0), button: "Absent – Amina Okafor");
        var absent = Assert.Single(await world.MarksAsync(run));
        Assert.Equal((Mark.Absent, null, null), (absent.Mark, absent.Late, absent.LeftEarly));
    }

    [Fact]
    public async Task Register_SurveyHasGoneOut_WarnsAndAsksBeforeTheMarkIsTakenBack()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Tom Rees"]);
        await MarkAsync(run, 0, Mark.Attended);
        await app.RunJobAsync(nameof(TrainingHub.Surveys.ScheduleSurveys));
        await ExecuteAsync($"update survey_invitations set state = 'Sent', version_id = (select version.id from survey_versions version join surveys survey on survey.id = version.survey_id where version.state = 'Published' and survey.key = 'three-months'), sent_at = now(), closes_at = now() + interval '30 days' where place_id = '{run.Places[0]}'");
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");
        Assert.Contains("Surveys have already gone out to 1 person on this date.", page.Main, StringComparison.Ordinal);

        var part = await page.SubmitAsync(selector: Person(run, 0), button: "Part – Amina Okafor");
        Assert.DoesNotContain("A survey has already gone out", part.Main, StringComparison.Ordinal);
        var asked = await part.SubmitAsync(selector: Person(run, 0), button: "Absent – Amina Okafor");
        Assert.Equal(Mark.Part, Assert.Single(await world.MarksAsync(run)).Mark);
        await asked.SubmitAsync(selector: ".app-register__ask form", button: "Mark absent");

        Assert.Contains("A survey has already gone out to Amina Okafor.", asked.Main, StringComparison.Ordinal);
        Assert.Equal(Mark.Absent, Assert.Single(await world.MarksAsync(run)).Mark);
    }

    [Fact]
    public async Task Register_DayBefore_SaysWhyAndHasNoButtons()
    {
        var run = await world.RunAsync(world.Today.AddDays(1), ["Amina Okafor"]);

        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");

        Assert.Contains("The register opens on the day of the course.", page.Main, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
        Assert.Equal(RegisterRefusal.NotYet, await MarkAsync(run, 0, Mark.Attended));
    }

    [Fact]
    public async Task Register_ForgedMark_IsABadRequest()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor"]);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register");

        var after = await page.SubmitAsync(form => form.Forge("mark", "Late"), Person(run, 0));

        Assert.Equal(HttpStatusCode.BadRequest, after.Status);
    }

    [Fact]
    public async Task Register_UnknownDate_IsNotFound()
    {
        var browser = await app.BrowseAsStaffAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/staff/dates/{Guid.NewGuid()}/register")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/staff/dates/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/staff/bookings/NOSUCHXX")).Status);
    }

    [Fact]
    public async Task Sheet_PersonWithAccessNeeds_KeepsThemOffThePageThatIsPassedRound()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor"], needs: "Hearing loop");

        var sheet = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/register/print");
        var page = await sheet.FollowAsync("Add a page with access needs, for the trainer");

        Assert.DoesNotContain("Hearing loop", sheet.Text);
        Assert.DoesNotContain("Hearing loop", page.Find("table").TextContent, StringComparison.Ordinal);
        Assert.Contains("Hearing loop", page.Find(".app-sheet--needs").TextContent, StringComparison.Ordinal);
        Assert.All(page.All("table thead tr:first-child"), heading => Assert.Contains(London.Words(world.Today), heading, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_OfTheDateAndItsBooking_ShowThePerson()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor"], needs: "Hearing loop");
        var browser = await app.BrowseAsStaffAsync();
        var reference = await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.RunId == run.Id)
            .Join(db.Bookings, place => place.BookingId, booking => booking.Id, (_, booking) => booking.Reference).SingleAsync(Ct));

        var date = await browser.GetAsync($"/staff/dates/{run.Id}");
        var booking = await date.FollowAsync(reference);
        var found = await browser.GetAsync("/staff/bookings?q=" + reference.ToLowerInvariant());

        foreach (var page in new[] { date, booking })
        {
            Assert.Contains("Amina Okafor", page.Main, StringComparison.Ordinal);
            Assert.Contains("Hearing loop", page.Main, StringComparison.Ordinal);
        }

        Assert.Equal([reference], found.All("tbody th"));
    }

    [Fact]
    public async Task MarkAttendance_SameTapBySomebodyElse_ChangesNothing()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor"]);
        await MarkAsync(run, 0, Mark.Attended);
        var first = Assert.Single(await world.MarksAsync(run));
        app.Clock.Advance(TimeSpan.FromSeconds(5));

        await MarkAsync(run, 0, Mark.Attended);

        var second = Assert.Single(await world.MarksAsync(run));
        Assert.Equal((first.MarkedAt, first.MarkedById), (second.MarkedAt, second.MarkedById));
    }

    [Fact]
    public async Task MarkAttendance_CancelledPlaceOrDate_IsRefused()
    {
        var run = await world.RunAsync(world.Today, ["Amina Okafor", "Tom Rees"]);
        await ExecuteAsync($"update places set state = 'Cancelled', ended_at = now() where id = '{run.Places[0]}'");
        var place = await MarkAsync(run, 0, Mark.Attended);

        await ExecuteAsync($"update course_runs set state = 'Cancelled', cancelled_at = now() where id = '{run.Id}'");
        var date = await MarkAsync(run, 1, Mark.Attended);

        Assert.Equal((RegisterRefusal.NotOnRegister, RegisterRefusal.RunCancelled), (place, date));
    }

    [Fact]
    public async Task MarkAttendance_PlaceOfAnotherDate_IsNotOnTheRegister()
    {
        var (here, elsewhere) = (await world.RunAsync(world.Today, ["Amina Okafor"]), await world.RunAsync(world.Today, ["Tom Rees"]));

        var refusal = await MarkAsync(here with { Places = elsewhere.Places }, 0, Mark.Attended);

        Assert.Equal(RegisterRefusal.NotOnRegister, refusal);
    }

    [Fact]
    public async Task Marking_ManyTapsAndMarkAllAtOnce_LeavesOneMarkEach()
    {
        var run = await world.RunAsync(world.Today, [.. Enumerable.Range(0, 8).Select(number => $"Person {number}")]);
        var staff = await StaffIdAsync();
        Mark[] marks = [Mark.Attended, Mark.Part, Mark.Absent];

        var taps = Enumerable.Range(0, 48).Select(tap => MarkAsync(run, tap % 8, marks[tap % 3]));
        var all = Enumerable.Range(0, 4).Select(_ => app.WithAsync((MarkAllAttended markAll) => markAll.RunAsync(new(run.Id), new(staff, "Ann Coordinator"), Ct)));
        await Task.WhenAll([.. taps, .. all]);

        Assert.Equal(8, (await world.MarksAsync(run)).Count);
    }

    [Fact]
    public async Task Dates_PastWithoutMarks_IsListedAsToFinishAndCountedToday()
    {
        var run = await world.RunAsync(world.Today.AddDays(-3), ["Amina Okafor"]);
        var browser = await app.BrowseAsStaffAsync();

        var before = await browser.GetAsync("/staff/dates?state=unfinished");
        var today = await browser.GetAsync("/staff");
        await MarkAsync(run, 0, Mark.Attended);
        var after = await browser.GetAsync("/staff/dates?state=unfinished");

        Assert.NotNull(before.Document.QuerySelector($"a[href='/staff/dates/{run.Id}/register']"));
        Assert.Contains("to finish", today.Main, StringComparison.Ordinal);
        Assert.Null(after.Document.QuerySelector($"a[href='/staff/dates/{run.Id}/register']"));
    }

    [Theory]
    [InlineData("/staff/dates?period=2022/23&course=not-a-guid&state=zzz&page=-4")]
    [InlineData("/staff/dates?period=past&state=full&page=99999999999")]
    [InlineData("/staff/bookings?q=%25_%5C'&page=x")]
    [InlineData("/staff/courses")]
    [InlineData("/staff")]
    public async Task Lists_OddAddress_AreStillPages(string address)
    {
        var page = await (await app.BrowseAsStaffAsync()).GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public void WhyNotMark_AroundMidnightInLondon_OpensWithTheDay()
    {
        var day = new DateOnly(2026, 7, 1);

        Assert.Equal(RegisterRefusal.NotYet, Register.WhyNotMark(RunState.Scheduled, day, new(2026, 6, 30, 22, 59, 59, TimeSpan.Zero)));
        Assert.Null(Register.WhyNotMark(RunState.Scheduled, day, new(2026, 6, 30, 23, 0, 0, TimeSpan.Zero)));
    }

    private const string Times = "form[action*='handler=Times']";

    private static string Person(BookedRun run, int place) => $"#place-{run.Places[place]:N} .app-register__marks";

    private async Task<RegisterRefusal?> MarkAsync(BookedRun run, int place, Mark mark)
    {
        var staff = await StaffIdAsync();
        return await app.WithAsync((MarkAttendance command) => command.RunAsync(new(run.Id), run.Places[place], mark, new(staff, "Ann Coordinator"), Ct));
    }

    private async Task<Guid> StaffIdAsync() =>
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == SeedDemoCoordinator.Email).Select(user => user.Id).SingleAsync(Ct));

    private async Task ExecuteAsync(string sql)
    {
        await using var command = app.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
