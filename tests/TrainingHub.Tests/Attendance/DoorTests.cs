using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>The register of a trainer's own date, at the pages that they open on a phone.</summary>
public sealed class DoorTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly DoorWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trainer_SignsIn_IsLedToTheirDatesAndSeesNoOthers()
    {
        var (own, foreign) = (await world.DateAsync(names: ["Amina Okafor"]), await world.DateAsync(names: ["Zoe Young"]));

        var page = await (await world.TrainerAsync(own)).GetAsync("/staff");

        Assert.Equal("/staff/door", page.Address);
        Assert.NotNull(page.Document.QuerySelector($"a[href='{own.Url}']"));
        Assert.Null(page.Document.QuerySelector($"a[href='{foreign.Url}']"));
    }

    [Fact]
    public async Task Trainer_OfNoProvider_ReadsWhatToDo()
    {
        var page = await (await app.BrowseAsTrainerAsync()).GetAsync("/staff/door");

        Assert.Contains("Your account trains for no provider yet", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_AreListedByWhenTheyAre_AndForTwoWeeksAfter()
    {
        var today = world.Registers.Today;
        var date = await world.DateAsync();
        var course = await app.Given.CourseAsync();
        var (coming, past, old) = (
            await app.Given.RunByAsync(course.Id, date.Provider, today.AddDays(40)),
            await app.Given.RunByAsync(course.Id, date.Provider, today.AddDays(-13)),
            await app.Given.RunByAsync(course.Id, date.Provider, today.AddDays(-16)));
        var trainer = await world.TrainerAsync(date);

        var page = await trainer.GetAsync("/staff/door");

        Assert.Equal(["Today", "Coming", "Last two weeks"], page.All("main > h2"));
        Assert.Equal(
            [date.Url, $"/staff/door/{coming.Id}", $"/staff/door/{past.Id}"], page.Document.QuerySelectorAll("main .app-row__link").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, (await trainer.GetAsync($"/staff/door/{old.Id}")).Status);
    }

    [Fact]
    public async Task Register_ShowsWhoComesAndWhatATrainerMustKnow_AndNoMoneyOrAddresses()
    {
        var date = await world.DateAsync(names: ["Amina Okafor", "Tom Rees"]);

        var page = await (await world.TrainerAsync(date)).GetAsync(date.Url);

        Assert.Contains("Amina Okafor Bluebell Nursery", page.Main, StringComparison.Ordinal);
        Assert.Contains("Hearing loop", Assert.Single(page.All("main details:not([open])")), StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("£", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/staff/bookings", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Two of every kind, each with the other's ids: what is not their own is not found, like what there is not.</summary>
    [Fact]
    public async Task Trainers_TryEachOthersIds_FindNothingToReadOrToDo()
    {
        var (one, other) = (await world.DateAsync(names: ["Amina Okafor"]), await world.DateAsync(names: ["Tom Rees"]));
        List<string> faults = [];
        foreach (var (mine, foreign) in new[] { (one, other), (other, one) })
        {
            var trainer = await world.TrainerAsync(mine);
            var page = await trainer.GetAsync(mine.Url);
            var token = DoorWorld.Tap(page, mine.Run.Places[0], "Attended", Guid.NewGuid(), 1)["__RequestVerificationToken"];
            foreach (var url in new[] { foreign.Url, $"/staff/door/{Guid.NewGuid()}" })
            {
                foreach (var address in new[] { url, $"{url}/walk-in" })
                {
                    Judge("GET", address, (await trainer.GetAsync(address)).Status);
                }

                foreach (var handler in new[] { "Mark", "Times", "All", "Undo", "Close" })
                {
                    Judge("POST", $"{url}?handler={handler}", (await PostAsync($"{url}?handler={handler}")).Status);
                }

                Judge("POST", $"{url}/walk-in", (await PostAsync($"{url}/walk-in")).Status);
            }

            // A place of another's date, on one's own register.
            var stray = await trainer.PostAsync($"{mine.Url}?handler=Mark", Fields(foreign.Run.Places[0]));
            Assert.Contains("no longer has a place", stray.Main, StringComparison.Ordinal);
            var code = await trainer.GetAsync(await world.CodeAsync(foreign.Run.Places[0]));
            Assert.Equal("Show this code at the door", code.Heading);
            Judge("POST", "code", (await PostAsync(await world.CodeAsync(foreign.Run.Places[0]))).Status);

            Task<TestPage> PostAsync(string address) => trainer.PostAsync(address, Fields(foreign.Run.Places[0]));

            Dictionary<string, string> Fields(Guid place) => new()
            {
                ["__RequestVerificationToken"] = token,
                ["place"] = $"{place}",
                ["mark"] = "Attended",
                ["at"] = "1",
                ["seen"] = "9",
                ["Name"] = "Sam Stray",
            };
        }

        Assert.Empty(faults);
        Assert.Empty(await world.Registers.MarksAsync(one.Run));
        Assert.Empty(await world.Registers.MarksAsync(other.Run));

        void Judge(string verb, string address, HttpStatusCode status)
        {
            if (status != HttpStatusCode.NotFound)
            {
                faults.Add($"{verb} {address}: {status}");
            }
        }
    }

    [Fact]
    public async Task Mark_OneTap_IsOnTheRegisterOfStaffAndCanBeUndone()
    {
        var date = await world.DateAsync(names: ["Amina Okafor"]);
        var page = await (await world.TrainerAsync(date)).GetAsync(date.Url);

        page = await page.SubmitAsync(selector: Form(date, 0), button: "Absent – Amina Okafor");
        Assert.Equal(Mark.Absent, await world.MarkOfAsync(date.Run.Places[0]));
        page = await page.SubmitAsync(selector: Form(date, 0), button: "Here – Amina Okafor");
        page = await page.SubmitAsync(form => (form["late"], form["early"]) = ("15", ""), ".app-register__times form");
        Assert.Contains("15 minutes late", page.Main, StringComparison.Ordinal);
        await page.SubmitAsync(selector: Form(date, 0), button: "Undo the mark of Amina Okafor");

        Assert.Null(await world.MarkOfAsync(date.Run.Places[0]));
    }

    [Fact]
    public async Task Times_ThatAreNoNumber_StayAndAreNamed()
    {
        var date = await world.DateAsync(names: ["Amina Okafor"]);
        var page = await (await world.TrainerAsync(date)).GetAsync(date.Url);
        page = await page.SubmitAsync(selector: Form(date, 0), button: "Here – Amina Okafor");

        var wrong = await page.SubmitAsync(form => form["late"] = "a bit", ".app-register__times form");

        Assert.Equal("Minutes are a whole number, at most 1440", Assert.Single(wrong.Errors));
        Assert.Equal("a bit", wrong.Find($"#place-{date.Run.Places[0]:N}-late").GetAttribute("value"));
    }

    [Fact]
    public async Task Taps_SentTwiceAndOutOfOrder_TheLastTapStands()
    {
        var date = await world.DateAsync(names: ["Amina Okafor"]);
        var (trainer, place, tab) = (await world.TrainerAsync(date), date.Run.Places[0], Guid.NewGuid());
        var page = await trainer.GetAsync(date.Url);

        Assert.Equal(HttpStatusCode.NoContent, await TapAsync("Attended", 1));
        Assert.Equal(HttpStatusCode.NoContent, await TapAsync("Absent", 3));
        Assert.Equal(HttpStatusCode.NoContent, await TapAsync("Attended", 2));
        Assert.Equal(HttpStatusCode.NoContent, await TapAsync("Attended", 1));
        Assert.Equal(Mark.Absent, await world.MarkOfAsync(place));
        await app.WithAsync((MarkAttendance mark) => mark.RunAsync(new(date.Id), place, Mark.Part, date.By, Ct));
        Assert.Equal(HttpStatusCode.NoContent, await TapAsync("Absent", 3));

        Assert.Equal(Mark.Part, await world.MarkOfAsync(place));

        async Task<HttpStatusCode> TapAsync(string mark, int number) =>
            (await trainer.PostAsync($"{date.Url}?handler=Mark", DoorWorld.Tap(page, place, mark, tab, number))).Status;
    }

    [Theory]
    [InlineData(-1, HttpStatusCode.Conflict)]
    [InlineData(0, HttpStatusCode.NoContent)]
    [InlineData(7, HttpStatusCode.NoContent)]
    [InlineData(8, HttpStatusCode.Conflict)]
    public async Task Mark_DaysAfterTheDate_IsTakenFromTheDayUntilTheSeventhAfter(int daysAfter, HttpStatusCode expected)
    {
        // Each date ends at 12:30.
        app.Clock.MoveTo(London.Instant(world.Registers.Today.AddDays(1), new(12, 0)));
        var date = await world.DateAsync(world.Registers.Today.AddDays(-daysAfter), ["Amina Okafor"]);
        var trainer = await world.TrainerAsync(date);
        var page = await trainer.GetAsync(date.Url);

        var answer = await trainer.PostAsync($"{date.Url}?handler=Mark", DoorWorld.Tap(page, date.Run.Places[0], "Attended", Guid.NewGuid(), 1));

        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData(-25, false)]
    [InlineData(-23, true)]
    [InlineData(3 + (7 * 24) - 1, true)]
    [InlineData(3 + (7 * 24) + 1, false)]
    public async Task Names_HoursAfterTheStart_AreShownFromADayBeforeUntilSevenDaysAfterTheEnd(int hours, bool isNamed)
    {
        // From 9:30 to 12:30.
        var date = await world.DateAsync(world.Registers.Today.AddDays(9), ["Amina Okafor", "Tom Rees"]);
        app.Clock.MoveTo(London.Instant(world.Registers.Today.AddDays(9), new(9, 30)).AddHours(hours));

        var page = await (await world.TrainerAsync(date)).GetAsync(date.Url);

        Assert.Equal(isNamed, page.Main.Contains("Amina Okafor", StringComparison.Ordinal));
        Assert.Equal(!isNamed, page.Main.Contains("2 people have a place", StringComparison.Ordinal));
        Assert.Equal(isNamed || hours < 0, page.Main.Contains("Hearing loop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Close_PeopleWithoutAMark_AreListedFirstAndThenItIsOnlyRead()
    {
        var date = await world.DateAsync(names: ["Amina Okafor", "Tom Rees"]);
        var trainer = await world.TrainerAsync(date);
        var page = await trainer.GetAsync(date.Url);
        page = await page.SubmitAsync(selector: Form(date, 0), button: "Here – Amina Okafor");

        var asked = await page.SubmitAsync(selector: "form[action*='handler=Close']");

        Assert.Equal("1 person has no mark", asked.All("#close-title")[0]);
        Assert.Equal(["Tom Rees"], asked.All("#close li"));
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.RegisterClosings.CountAsync(closing => closing.RunId == date.Id, Ct)));
        var closed = await asked.SubmitAsync(selector: "#close form");
        Assert.Contains("The register is closed. Ask the training team", closed.Main, StringComparison.Ordinal);
        Assert.Null(closed.Document.QuerySelector("form[data-mark]"));
        Assert.Equal(HttpStatusCode.Conflict, (await trainer.PostAsync($"{date.Url}?handler=Mark", DoorWorld.Tap(page, date.Run.Places[1], "Attended", Guid.NewGuid(), 1))).Status);
        Assert.Null(await world.MarkOfAsync(date.Run.Places[1]));
    }

    [Fact]
    public async Task Reopen_ByStaffForAReason_LetsTheTrainerMarkAgain()
    {
        var date = await world.DateAsync(names: ["Amina Okafor"]);
        Assert.True((await app.WithAsync((CloseRegister close) => close.RunAsync(new(date.Id), 1, date.By, Ct))).IsClosed);
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync($"/staff/dates/{date.Id}/register");
        Assert.Contains("The trainer closed this register", page.Main, StringComparison.Ordinal);

        var wrong = await page.SubmitAsync(selector: "form[action*='handler=Reopen']");
        Assert.Equal("Say why you open it again", Assert.Single(wrong.Errors));
        await wrong.SubmitAsync(form => form["Reason"] = "Two people came late", "form[action*='handler=Reopen']");

        Assert.Contains("Two people came late", (await staff.GetAsync($"/staff/dates/{date.Id}")).Main, StringComparison.Ordinal);
        Assert.Null(await app.WithAsync((TrainersRegister register) => register.MarkAsync(new(date.Id), date.Run.Places[0], Mark.Attended, null, date.By, Ct)));
    }

    [Fact]
    public async Task Online_TheJoiningLink_IsOnTheTrainersPage()
    {
        var date = await world.DateAsync();
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == date.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.JoiningLink, "https://meet.example/own"), Ct));

        var page = await (await world.TrainerAsync(date)).GetAsync(date.Url);

        Assert.Equal("https://meet.example/own", page.Find("#joining-link").GetAttribute("value"));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Evaluation_SaysHowManyAnswered_WhereFiveOrMoreWereAsked(int asked, bool isShown)
    {
        var date = await world.DateAsync(names: [.. Enumerable.Range(1, asked).Select(number => $"Person {number}")]);
        foreach (var place in date.Run.Places)
        {
            await app.WithAsync((MarkAttendance mark) => mark.RunAsync(new(date.Id), place, Mark.Attended, date.By, Ct));
        }

        await app.RunJobAsync(nameof(TrainingHub.Surveys.ScheduleSurveys));
        var places = date.Run.Places.ToArray();
        await app.WithAsync((TrainingHubDb db) => db.Database.ExecuteSqlAsync($"update survey_invitations set state = 'Sent', version_id = (select version.id from survey_versions version join surveys survey on survey.id = version.survey_id where version.state = 'Published' and survey.key = 'three-months'), sent_at = now(), closes_at = now() + interval '30 days' where place_id = any({places})", Ct));

        var page = await (await world.TrainerAsync(date)).GetAsync("/staff/door");

        Assert.Equal(isShown, page.Main.Contains($"0 of {asked} people have answered the survey", StringComparison.Ordinal));
    }

    private static string Form(DoorDate date, int person) => $"form[data-mark='{date.Run.Places[person]}']";
}
