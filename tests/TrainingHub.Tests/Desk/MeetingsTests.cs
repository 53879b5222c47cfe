using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>A date of several meetings: made from the screen, booked as one, registered one by one.</summary>
public sealed class MeetingsTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private BookingWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = await BookingWorld.MakeAsync(app.Database, app.Clock);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task New_ThreeMeetings_IsOneDateThatSaysAllOfThem()
    {
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync($"/staff/dates/new?course={world.Course}");

        var plan = await form.SubmitAsync(fields =>
        {
            (fields["Form.Day"], fields["Form.Start"], fields["Form.End"], fields["Form.Delivery"]) = ("2/3/2027", "9:30", "12:30", "Online");
            (fields["Form.Later[0].Day"], fields["Form.Later[1].Day"], fields["Form.Later[1].Start"], fields["Form.Later[1].End"]) = ("9/3/2027", "6/4/2027", "13:00", "16:00");
        });
        Assert.Contains("9:30am to 12:30pm, then Tue 9 Mar and Tue 6 Apr 1pm to 4pm", plan.Main);
        await plan.SubmitAsync(button: "Publish the date now");

        var run = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.AsNoTracking().SingleAsync(one => one.CourseId == world.Course, Ct));
        Assert.Equal(
            [(Utc("2027-03-02T09:30"), Utc("2027-03-02T12:30")), (Utc("2027-03-09T09:30"), Utc("2027-03-09T12:30")), (Utc("2027-04-06T12:00"), Utc("2027-04-06T15:00"))],
            run.EachMeeting.Select(one => (one.StartsAt, one.EndsAt)));
        Assert.Equal((Utc("2027-03-02T09:30"), Utc("2027-04-06T15:00")), (run.StartsAt, run.EndsAt));
        Assert.Contains("9:30am to 12:30pm UK time, then Tue 9 Mar and Tue 6 Apr 1pm to 4pm", (await app.Browse().GetAsync($"/dates/{run.Id}")).Main);
        var again = await staff.GetAsync($"/staff/dates/{run.Id}/change");
        Assert.Equal("6/4/2027", again.Find("#Form_Later_1__Day").GetAttribute("value"));
        Assert.Contains("Nothing was changed.", (await again.SubmitAsync()).Main);
    }

    [Fact]
    public async Task New_MeetingsOutOfOrderOrWithoutDay_AreNamedAtTheirPlace()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/new?course={world.Course}");

        var page = await form.SubmitAsync(fields =>
        {
            (fields["Form.Day"], fields["Form.Start"], fields["Form.End"], fields["Form.Delivery"]) = ("2/3/2027", "9:30", "12:30", "Online");
            (fields["Form.Later[0].Day"], fields["Form.Later[1].Start"], fields["Form.Later[2].Day"], fields["Form.Later[2].Start"]) = ("1/3/2027", "10", "16/3/2027", "13:00");
        });

        Assert.Equal(
            ["Meeting 2 must come after the one before it", "Enter the date of meeting 3", "Meeting 4 must end after it starts, on the same day"], page.Errors);
        Assert.Equal("1/3/2027", page.Find("#Form_Later_0__Day").GetAttribute("value"));
        Assert.Equal(0, await world.CountAsync("select count(*) from course_runs where course_id = $1", world.Course));
    }

    [Fact]
    public async Task Repeated_MovesAllMeetingsByTheClockOnTheWall()
    {
        var first = Facts(new(2027, 3, 16), new(2027, 3, 23));

        var plan = await app.WithAsync((AddRuns add) => add.PlanAsync(first, Repeat.EveryOtherWeek, 2, Ct));

        // Summer time begins between the two.
        Assert.Equal([Utc("2027-03-30T08:30"), Utc("2027-04-06T08:30")], plan[1].Facts.EachMeeting.Select(one => one.StartsAt));
    }

    [Fact]
    public async Task Plan_LaterMeetingOnABankHolidayOrWhereTheVenueIsTaken_IsSaid()
    {
        var venue = await app.Given.VenueAsync();
        await app.Given.RunAtAsync(world.Course, venue.Id, new(2027, 6, 15));
        var holiday = Facts(new(2027, 3, 22), new(2027, 3, 29));
        var taken = Facts(new(2027, 6, 8), new(2027, 6, 15)) with { Delivery = DeliveryMode.InPerson, VenueId = venue.Id };
        var between = Facts(new(2027, 6, 14), new(2027, 6, 16)) with { Delivery = DeliveryMode.InPerson, VenueId = venue.Id };

        Assert.Equal("Monday 29 March 2027 is a bank holiday.", await WhyNotAsync(holiday));
        Assert.Equal("The venue is taken by another date.", await WhyNotAsync(taken));
        Assert.Null(await WhyNotAsync(between));
    }

    [Fact]
    public async Task Calendar_HasAnEventForEachMeeting_AndTheFirstKeepsItsName()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(30), app.Clock.Now.AddDays(37));
        var booked = await world.BookAsync(run, "cara@school.example");
        var one = await PlaceOfAsync(booked);

        var file = await app.WithAsync((TrainingHubDb db) => CalendarFeeds.WriteAsync(db, slug: null, app.Clock.Now, path => $"https://training.example{path}", Ct));

        Assert.NotEqual(Guid.Empty, one);
        Assert.Contains($"UID:{run}@training.example", file);
        Assert.Contains($"UID:{run}-2@training.example", file);
        Assert.Contains("(1 of 2)", file);
        Assert.Equal(2, file!.Split("BEGIN:VEVENT").Length - 1);
    }

    [Fact]
    public async Task Register_EachMeetingByItself_MakesTheMarkOfTheCourseWhenAllAreMarked()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(2), app.Clock.Now.AddDays(9));
        var booked = await world.BookAsync(run, "all@school.example", "some@school.example", "none@school.example");
        app.Clock.Advance(TimeSpan.FromDays(2));
        var staff = await app.BrowseAsStaffAsync();

        var first = await staff.GetAsync($"/staff/dates/{run}/register");
        Assert.Contains("meeting 1 of 2", first.Heading);
        await first.SubmitAsync(selector: "form[action*='handler=All']");
        await MarkAsync(run, booked, "none", 1, Mark.Absent);
        Assert.Equal(0, await world.CountAsync("select count(*) from attendance_marks"));
        Assert.Contains("The register opens on the day of the course.", (await staff.GetAsync($"/staff/dates/{run}/register?meeting=2")).Main);
        Assert.Equal(RegisterRefusal.NotYet, await MarkAsync(run, booked, "all", 2, Mark.Attended));

        app.Clock.Advance(TimeSpan.FromDays(7));
        staff = await app.BrowseAsStaffAsync();
        var second = await staff.GetAsync($"/staff/dates/{run}/register");
        Assert.Contains("meeting 2 of 2", second.Heading);
        await MarkAsync(run, booked, "some", 2, Mark.Absent);
        await MarkAsync(run, booked, "none", 2, Mark.Absent);
        await second.SubmitAsync(selector: "form[action*='handler=All']");
        Assert.Equal("Attended,Part,Absent", await MarksAsync(booked));

        await MarkAsync(run, booked, "none", 1, null);
        Assert.Equal("Attended,Part,", await MarksAsync(booked));
        await MarkAsync(run, booked, "none", 1, Mark.Attended);
        Assert.Equal("Attended,Part,Part", await MarksAsync(booked));
        Assert.Contains("Whole course: part", (await staff.GetAsync($"/staff/dates/{run}/register?meeting=2")).Main);
    }

    [Fact]
    public async Task Register_MeetingThatTheDateHasNot_IsNotFound()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(2), app.Clock.Now.AddDays(9));
        var single = await world.RunAsync(capacity: 3, TimeSpan.FromDays(2));
        var booked = await world.BookAsync(run, "all@school.example");
        var staff = await app.BrowseAsStaffAsync();

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/dates/{run}/register?meeting=3")).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/dates/{single}/register?meeting=2")).Status);
        app.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(RegisterRefusal.NotOnRegister, await MarkAsync(run, booked, "all", 3, Mark.Attended));
        Assert.Equal(RegisterRefusal.NotOnRegister, await MarkAsync(run, booked, "all", null, Mark.Attended));
    }

    /// <summary>Two trainers mark one person at different meetings in the same moment: the second sees what the first has marked.</summary>
    [Fact]
    public async Task Register_TwoMeetingsMarkedAtOnce_BothCount()
    {
        var (run, booked) = await OverAsync();

        await Gate.OvertakeAsync(app.Database, "history_entries", () => MarkAsync(run, booked, "all", 1, Mark.Attended), () => MarkAsync(run, booked, "all", 2, Mark.Attended));

        Assert.Equal("Attended", await MarksAsync(booked));
    }

    /// <summary>The twin: who does not hold the place sees one mark of two, and the course has none.</summary>
    [Fact]
    public async Task Register_TwoMeetingsMarkedAtOnceWithoutTheLock_LeavesTheCourseUnmarked()
    {
        var (run, booked) = await OverAsync();

        await Gate.OvertakeAsync(
            app.Database, "history_entries",
            () => Unguarded.WithoutRowLocksAsync(() => MarkAsync(run, booked, "all", 1, Mark.Attended)),
            () => Unguarded.WithoutRowLocksAsync(() => MarkAsync(run, booked, "all", 2, Mark.Attended)));

        Assert.Equal("", await MarksAsync(booked));
    }

    private async Task<(Guid Run, BookedBooking Booked)> OverAsync()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(2), app.Clock.Now.AddDays(9));
        var booked = await world.BookAsync(run, "all@school.example");
        app.Clock.Advance(TimeSpan.FromDays(9));
        await StaffIdAsync();
        return (run, booked);
    }

    [Fact]
    public async Task Survey_IsDueThreeMonthsAfterTheLastMeeting()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(2), app.Clock.Now.AddDays(30));
        var booked = await world.BookAsync(run, "all@school.example");
        app.Clock.Advance(TimeSpan.FromDays(31));
        await MarkAsync(run, booked, "all", 1, Mark.Attended);
        await MarkAsync(run, booked, "all", 2, Mark.Attended);

        await app.RunJobAsync(nameof(ScheduleSurveys));

        var due = SurveyTimes.DueOn(London.DateOf(app.Clock.Now.AddDays(-1)));
        Assert.Equal(1, await world.CountAsync("select count(*) from survey_invitations where due_on = $1", due));
    }

    [Fact]
    public async Task Reminders_GoBeforeEachMeeting()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(20), app.Clock.Now.AddDays(27));
        await world.BookAsync(run, "all@school.example");
        var sent = new List<int>();
        for (var day = 12; day < 28; day++)
        {
            app.Clock.MoveTo(London.Instant(London.DateOf(TestClock.Start.AddDays(day)), new(9, 5)));
            await app.RunJobAsync(nameof(SendNotices));
            sent.Add((int)await world.CountAsync("select count(*) from outgoing_emails where kind = 'before-course'"));
        }

        // Seven days and one day before the first, one day before the second.
        Assert.Equal([13, 19, 26], Enumerable.Range(0, sent.Count).Where(index => sent[index] > (index == 0 ? 0 : sent[index - 1])).Select(index => index + 12));
        Assert.Equal("Meeting 2 of 2", await world.TextAsync("select model ->> 'Part' from outgoing_emails where kind = 'before-course' order by created_at desc limit 1"));
    }

    [Fact]
    public async Task ProgrammeFile_OtherTimesForADateOfSeveralMeetings_IsRefusedAndTheRestIsTaken()
    {
        var run = await RunAsync(London.Instant(new(2027, 3, 2), new(9, 30)), London.Instant(new(2027, 3, 9), new(9, 30)));
        var (reference, title) = (await world.TextAsync("select reference from course_runs where id = $1", run), await world.TextAsync("select title from courses where id = $1", world.Course));
        var header = "course,run_reference,date,start,end,capacity,delivery\n";

        var moved = await ImportAsync($"{header}{title},{reference},2027-03-03,09:30,12:30,9,Online\n");
        var more = await ImportAsync($"{header}{title},{reference},2027-03-02,09:30,12:30,12,Online\n");

        Assert.Equal("date", Assert.Single(moved.Errors).Column);
        Assert.Empty(more.Errors);
        Assert.Equal(1, await world.CountAsync("select count(*) from course_runs where id = $1 and capacity = 12 and (select count(*) from unnest(meetings)) = 2", run));
    }

    [Fact]
    public async Task Clash_BetweenTwoMeetings_IsNone()
    {
        var run = await RunAsync(app.Clock.Now.AddDays(20), app.Clock.Now.AddDays(27));
        await world.BookAsync(run, "busy@school.example");
        var (between, same) = (await world.RunAsync(capacity: 3, TimeSpan.FromDays(22)), await world.RunAsync(capacity: 3, TimeSpan.FromDays(27)));

        Assert.Empty(await ClashesAsync(between));
        Assert.Single(await ClashesAsync(same));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    private static RunFacts Facts(DateOnly first, DateOnly second)
    {
        var facts = new RunFacts(first, new(9, 30), new(12, 30), 20, DeliveryMode.Online, null, null, null, null, null);
        return facts with { Meetings = Meetings.Of([facts.EachMeeting[0], facts.On(second).EachMeeting[0]]) };
    }

    private Task<string?> WhyNotAsync(RunFacts facts) => app.WithAsync(async (AddRuns add) => (await add.PlanAsync(facts, Repeat.Once, 1, Ct))[0].WhyNot);

    private async Task<Guid> RunAsync(DateTimeOffset first, DateTimeOffset second)
    {
        var run = await world.RunAsync(capacity: 9, first - app.Clock.Now);
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.StartsAt, first)
                .SetProperty(one => one.EndsAt, second.AddHours(3))
                .SetProperty(one => one.Meetings, Meetings.Of([new(first, first.AddHours(3)), new(second, second.AddHours(3))])),
            Ct));
        return run;
    }

    private async Task<Guid> PlaceOfAsync(BookedBooking booked, string name = "") => Guid.Parse(await world.TextAsync(
        "select place.id::text from places place join people on people.id = person_id where booking_id = $1 and email like $2 || '%' limit 1", booked.Id, name));

    private async Task<RegisterRefusal?> MarkAsync(Guid run, BookedBooking booked, string name, short? meeting, Mark? mark)
    {
        var (place, by) = (await PlaceOfAsync(booked, name), await StaffIdAsync());
        return await app.WithAsync((MarkAttendance command) => command.RunAsync(new Sitting(run, meeting), place, mark, new(by, "Ann Coordinator"), Ct));
    }

    private async Task<Guid> StaffIdAsync() => await app.WithAsync((TrainingHubDb db) => db.Set<StaffUser>().Select(one => (Guid?)one.Id).FirstOrDefaultAsync(Ct)) ?? await app.Given.StaffAsync();

    private Task<string> MarksAsync(BookedBooking booked) => world.TextAsync(
        "select string_agg(coalesce(mark, ''), ',' order by position(left(email, 4) in 'all@some none')) from places place join people on people.id = person_id left join attendance_marks on place_id = place.id where booking_id = $1",
        booked.Id);

    private async Task<IReadOnlyList<Clash>> ClashesAsync(Guid run) => await app.WithAsync(async (TrainingHubDb db) =>
        await Clashes.FindAsync(db, (await BookingSummaries.RunAsync(db, run, Ct))!, [PersonKey.Of("busy@school.example", await world.TextAsync("select name from people where email = 'busy@school.example'"))], Ct));

    private Task<ImportOutcome> ImportAsync(string csv) => app.WithAsync(async (ImportProgramme import) =>
    {
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        return await import.RunAsync(file, dryRun: false, Ct);
    });
}
