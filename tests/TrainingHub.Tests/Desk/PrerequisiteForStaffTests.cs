using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;
using Delegate = TrainingHub.Bookings.Delegate;

namespace TrainingHub.Tests.Desk;

/// <summary>What staff see and do about the course to take before.</summary>
public sealed class PrerequisiteForStaffTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Date_Booking_Register_SetWhatWasSaidBesideTheRecords()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Asked);
        var past = await app.Given.RunAsync(asked.Before.Id, new DateOnly(2025, 3, 12));
        var attended = (await app.Given.PlacesAsync(past, new GivenDelegate("Ann Able") { Email = "ann@s1.example" }))[0].Place;
        await app.Given.MarkAsync(attended.Id, past.EndsAt);
        var absent = (await app.Given.PlacesAsync(past, new GivenDelegate("Ben Best") { Email = "ben@s1.example" }))[0].Place;
        await app.Given.MarkAsync(absent.Id, past.EndsAt, Mark.Absent);
        var run = await asked.RunAsync();
        var booking = await app.Given.BookAsync(asked.Request(
            run,
            new("Ann Able", "ann@s1.example", null, asked.Said(PrerequisiteSaid.WithUs, "2025")),
            new("Ben Best", "ben@s1.example", null, asked.Said(PrerequisiteSaid.WithUs)),
            new("Cai Cole", "cai@s1.example", null, asked.Said(PrerequisiteSaid.NotYet)),
            new("Dee Dunn", "dee@s1.example", null, asked.Said(PrerequisiteSaid.Elsewhere, "Leeds")),
            new("Ann Able", "office@s1.example", null)));
        var staff = await app.BrowseAsStaffAsync();

        foreach (var address in new[] { $"/staff/dates/{run}", $"/staff/bookings/{booking.Reference}", $"/staff/dates/{run}/register" })
        {
            var page = await staff.GetAsync(address);
            Assert.Contains("Neglect: initial: Said yes, with us: 2025. Our records: attended 12 March 2025.", page.Main);
            Assert.Contains("Said yes, with us. Our records: nothing. No record", page.Main);
            Assert.Contains("Said not yet. Our records: nothing. Not done", page.Main);
            Assert.Contains("Said yes, elsewhere: Leeds. Our records: nothing.", page.Main);
            Assert.Contains("Not asked. Our records: nothing. No record", page.Main);
            Assert.Equal(2, page.All("main .app-chip").Count(chip => chip == "No record"));
        }
    }

    [Fact]
    public async Task Date_BookedOnItForAnEarlierDate_SaysWhen()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var (run, first, last) = (await asked.RunAsync(), await asked.RunBeforeAsync(10), await asked.RunBeforeAsync(40));
        await app.Given.BookAsync(asked.Request(first, new Delegate("Ann Able", "ann@s2.example", null)));
        await app.Given.BookAsync(asked.Request(last, new Delegate("Ben Best", "ben@s2.example", null)));
        await app.Given.BookAsync(asked.Request(
            run,
            new("Ann Able", "ann@s2.example", null, asked.Said(PrerequisiteSaid.BookedBefore)),
            new("Ben Best", "ben@s2.example", null, asked.Said(PrerequisiteSaid.BookedBefore))));

        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}");

        Assert.Contains("Said booked on an earlier date. Our records: booked on", page.Main);
        Assert.Contains("Said booked on an earlier date. Our records: nothing. No record", page.Main);
    }

    [Fact]
    public async Task BookFor_RequiredAndNotDone_IsBookedWithAReason()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/book");

        var refused = await page.SubmitAsync(
            form =>
            {
                (form["Form.People[0].Name"], form["Form.People[0].Email"]) = ("Ann Able", "ann@s3.example");
                form[$"Form.People[0].Before[{asked.Before.Id}].Said"] = "NotYet";
                (form["Form.SectorId"], form["Form.AreaId"], form["Form.By"]) = (asked.World.Sector.ToString(), asked.World.Area.ToString(), "Invoice");
            },
            button: "Book");
        var booked = await refused.SubmitAsync(form => form["Form.WithoutBecause"] = "Did it at university", button: "Book");

        Assert.Equal(["Neglect: initial is required for Neglect: update. If somebody may come without it, say why"], refused.Errors);
        Assert.Contains("1 person booked.", booked.Main);
        Assert.Contains("Taken without the course to do first", booked.Main);
        Assert.Contains("Did it at university", booked.Main);
        Assert.Equal(asked.Said(PrerequisiteSaid.NotYet), await asked.AnswerAsync(run));
    }

    [Fact]
    public async Task ChangePerson_NewPersonWithoutIt_NeedsAReason()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var booking = await app.Given.BookAsync(asked.Request(run, new Delegate("Ann Able", "ann@s4.example", null, asked.Said(PrerequisiteSaid.WithUs))));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{booking.Reference}/people/{await asked.PlaceAsync(run)}?change=another");

        var refused = await page.SubmitAsync(form => (form["Form.Name"], form["Form.Email"]) = ("Ben Best", "ben@s4.example"));
        var changed = await refused.SubmitAsync(form => form["Form.WithoutBecause"] = "New to the team");

        Assert.Equal(["Neglect: initial is required. If they may come without it, say why"], refused.Errors);
        Assert.Contains("Ben Best now has the place of Ann Able.", changed.Main);
        Assert.Contains("New to the team", changed.Main);
    }

    [Fact]
    public async Task CoursePage_RuleChosen_IsKeptAndInHistory()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Shown);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/courses/{asked.Course.Id}");

        var saved = await page.SubmitAsync(form => form["Form.PrerequisiteRule"] = nameof(PrerequisiteRule.Required), button: "Save");

        Assert.Contains("Who has not done it is refused", saved.Main);
        Assert.Equal(PrerequisiteRule.Required, await app.WithAsync((TrainingHubDb db) => db.Courses.Where(course => course.Id == asked.Course.Id).Select(course => course.PrerequisiteRule).SingleAsync(Ct)));
    }
}
