using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Dates made, changed and cancelled from the screen, and what those who are booked then see and are sent.</summary>
public sealed class StaffDatesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_TimeWithPeopleOnIt_ShowsWhoIsToldAndTellsThemOnce()
    {
        var (world, run, booked) = await BookedAsync();
        await app.Given.WaitingAsync(run, "Willa Waits", "willa@wait.example");
        var staff = await app.BrowseAsStaffAsync();

        var form = await (await staff.GetAsync($"/staff/dates/{run}")).FollowAsync("Change");
        var preview = await form.SubmitAsync(fields => (fields["Form.Start"], fields["Form.End"]) = ("13:00", "4pm"));
        Assert.Contains("2 people in 1 booking and 1 who waits are told by email", preview.Main);
        Assert.Contains("1pm to 4pm", preview.Main);
        Assert.Equal(0, await world.SentAsync(booked.Reference, "date-moved"));
        var done = await preview.SubmitAsync(fields => fields["Reason"] = "The hall is closed in the morning.", button: "Change the date and tell them");

        Assert.Contains("The date is changed. 2 people in 1 booking and 1 who waits are told by email.", done.Main);
        Assert.Contains("Moved by", done.Main);
        Assert.Equal(3, await world.SentAsync(booked.Reference, "date-moved"));
        Assert.Equal(1, await world.CountAsync("select count(*) from outgoing_emails where kind = 'waited-date-changed' and to_address = 'willa@wait.example'"));
        Assert.Equal(1, await world.CountAsync("select change_number from course_runs where id = $1", run));
        Assert.Contains("The hall is closed in the morning.", await world.TextAsync(
            "select model ->> 'Reason' from outgoing_emails where kind = 'date-moved' and about = $1 limit 1", booked.Reference));
    }

    [Fact]
    public async Task Change_PlacesAlone_TellsNobody()
    {
        var (world, run, booked) = await BookedAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/change");

        var done = await form.SubmitAsync(fields => (fields["Form.Capacity"], fields["Form.JoiningLink"]) = ("30", "https://meet.example/abc"));

        Assert.Contains("Places: 10 → 30", done.Main);
        Assert.Contains("https://meet.example/abc", done.Main);
        Assert.Equal((0, 0), (await world.SentAsync(booked.Reference, "date-moved"), await world.CountAsync("select change_number from course_runs where id = $1", run)));
    }

    [Fact]
    public async Task Change_BadInput_SaysSoAtItsPlaceAndKeepsWhatWasTyped()
    {
        var (world, run, _) = await BookedAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/change");

        var page = await form.SubmitAsync(fields => (fields["Form.Day"], fields["Form.Start"], fields["Form.End"], fields["Form.Capacity"], fields["Form.Fee"], fields["Form.JoiningLink"]) =
            ("31/2/2027", "25:00", "noonish", "501", "lots", "http://meet.example"));

        Assert.Equal(6, page.Errors.Count);
        Assert.Equal("31/2/2027", page.Find("#Form_Day").GetAttribute("value"));
        Assert.Equal("noonish", page.Find("#Form_End").GetAttribute("value"));
        var few = await form.SubmitAsync(fields => fields["Form.Capacity"] = "1");
        Assert.Equal(["2 places are taken, so there cannot be fewer"], few.Errors);
        var past = await form.SubmitAsync(fields => fields["Form.Day"] = "1/1/2020", button: null);
        Assert.Equal("Check the change", past.Heading);
        Assert.Equal(["The date must be in the future"], (await past.SubmitAsync(button: "Change the date and tell them")).Errors);
        Assert.Equal(10, await world.CountAsync("select capacity from course_runs where id = $1", run));
    }

    [Fact]
    public async Task Change_SomebodyElseWasFaster_SavesNothingOverIt()
    {
        var (world, run, _) = await BookedAsync();
        var staff = await app.BrowseAsStaffAsync();
        var (slow, fast) = (await staff.GetAsync($"/staff/dates/{run}/change"), await staff.GetAsync($"/staff/dates/{run}/change"));
        await fast.SubmitAsync(fields => fields["Form.Capacity"] = "12");

        var page = await slow.SubmitAsync(fields => fields["Form.Capacity"] = "14");

        Assert.Contains("Somebody else has changed this date", page.Main);
        Assert.Equal("14", page.Find("#Form_Capacity").GetAttribute("value"));
        Assert.Equal(12, await world.CountAsync("select capacity from course_runs where id = $1", run));
        await page.SubmitAsync();
        Assert.Equal(14, await world.CountAsync("select capacity from course_runs where id = $1", run));
    }

    [Fact]
    public async Task Today_OnlineDateSoonWithoutLink_LeadsToItUntilItHasOne()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 7, TimeSpan.FromDays(5));
        var staff = await app.BrowseAsStaffAsync();

        Assert.Contains("no joining link", (await staff.GetAsync("/staff")).Find($"li:has(a[href*='{run}'])").TextContent);
        var list = await staff.GetAsync("/staff/dates?state=nolink");
        Assert.NotEmpty(list.All($"a[href*='{run}']"));
        await (await staff.GetAsync($"/staff/dates/{run}/change")).SubmitAsync(fields => fields["Form.JoiningLink"] = "https://meet.example/five");

        Assert.DoesNotContain((await staff.GetAsync("/staff")).All($"li:has(a[href*='{run}'])"), line => line.Contains("no joining link", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancel_WithAnotherDateOffered_LeadsTheBookerToIt()
    {
        var (world, run, booked) = await BookedAsync();
        var other = await world.RunAsync(capacity: 5, TimeSpan.FromDays(50));
        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}")).FollowAsync("Cancel this date");
        Assert.Contains("2 people in 1 booking are told by email in two minutes; until then you can undo it.", form.Main);
        Assert.Contains("1 other date of this course has places.", form.Main);
        Assert.Equal(["Enter why it is cancelled", "Select what happens to the places"], (await form.SubmitAsync()).Errors);

        var done = await form.SubmitAsync(fields => (fields["Reason"], fields["OfferOtherDates"]) = ("The trainer is ill.", "true"));
        Assert.Contains("The date is cancelled. 2 people in 1 booking are told by email.", done.Main);
        Assert.Contains("The trainer is ill. Bookers may choose another date until", done.Main);

        var link = await world.TextAsync(
            "select substring(model ->> 'Url' from 'https://[^/]+(.*)') from outgoing_emails where kind = 'date-cancelled' and about = $1", booked.Reference);
        var manage = await app.Browse().GetAsync(link);
        Assert.Contains("We had to cancel this date", manage.Main);
        var choose = await manage.FollowAsync("Choose another date");
        Assert.Equal(["Select a date"], (await choose.SubmitAsync()).Errors);
        var moved = await choose.SubmitAsync(fields => fields["To"] = $"{other}");

        Assert.Contains("Your booking has moved to the date that you chose.", moved.Main);
        Assert.Equal("Booking confirmed", moved.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal((0, 2), (await world.PlacesTakenAsync(run), await world.PlacesTakenAsync(other)));
        Assert.DoesNotContain("Choose another date", moved.Main);
    }

    [Fact]
    public async Task New_EveryWeekOverABankHoliday_LeavesItOutAndAddsTheRest()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync($"/staff/dates/new?course={world.Course}");

        var plan = await form.SubmitAsync(fields =>
        {
            (fields["Form.Day"], fields["Form.Start"], fields["Form.End"], fields["Form.Delivery"]) = ("19/4/2027", "9:30", "12:30", "Online");
            (fields["Repeat"], fields["Count"]) = ("EveryWeek", "4");
        });
        Assert.Equal(["It is a bank holiday."], plan.All(".govuk-checkboxes__item .govuk-hint"));
        Assert.Contains("£55 each", plan.Main);
        var done = await plan.SubmitAsync(button: "Publish these dates now");

        Assert.Contains("3 dates are added.", (await staff.GetAsync("/staff/dates")).Main + done.Main);
        var days = await app.WithAsync<TrainingHubDb, List<DateOnly>>(db => db.CourseRuns
            .Where(run => run.CourseId == world.Course).OrderBy(run => run.StartsAt).Select(run => run.RunsOn).ToListAsync(Token));
        Assert.Equal([new(2027, 4, 19), new(2027, 4, 26), new(2027, 5, 10)], days);
        Assert.Equal(3, await world.CountAsync("select count(*) from history_entries where act = 'Created' and record_id in (select id from course_runs where course_id = $1)", world.Course));
    }

    [Fact]
    public async Task New_BackToTheForm_GoesOnFromThere()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/new?course={world.Course}");
        var plan = await form.SubmitAsync(fields => fields["Form.Day"] = "20/4/2027");

        var back = await plan.SubmitAsync(button: "Back to the form");
        var again = await back.SubmitAsync(fields => fields["Form.Day"] = "21/4/2027");

        Assert.Equal(("Add dates", "Check the dates"), (back.Heading, again.Heading));
        Assert.Contains("Wednesday 21 April 2027", again.Main);
    }

    [Fact]
    public async Task New_CourseWithoutFee_SaysThatNobodyWillSeeIt()
    {
        var course = await app.Given.CourseAsync("A course without a fee");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/new?course={course.Id}");

        var plan = await form.SubmitAsync(fields => fields["Form.Day"] = "20/4/2027");

        Assert.Contains("nobody sees or can book them", plan.Main);
        var date = await plan.SubmitAsync(button: "Keep it as a draft");
        Assert.Contains("No fee", date.Main);
        Assert.DoesNotContain("20 April 2027", (await app.Browse().GetAsync($"/courses/{course.Slug}")).Main);
    }

    [Fact]
    public async Task Plan_EveryMonth_KeepsTheWeekdayOfTheMonth()
    {
        var facts = new RunFacts(new(2027, 1, 29), new(9, 30), new(12, 30), 20, DeliveryMode.Online, null, null, null, null, null);

        var plan = await app.WithAsync<AddRuns, IReadOnlyList<PlannedRun>>(add => add.PlanAsync(facts, Repeat.EveryMonth, 4, Token));

        // The fifth Friday, or the last where there is no fifth.
        Assert.Equal([new(2027, 1, 29), new(2027, 2, 26), new(2027, 3, 26), new(2027, 4, 30)], plan.Select(planned => planned.Facts.RunsOn));
    }

    private async Task<(BookingWorld World, Guid Run, BookedBooking Booked)> BookedAsync()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var booked = await world.BookAsync(run, $"one-{run:N}@school.example", $"two-{run:N}@school.example");
        return (world, run, booked);
    }
}
