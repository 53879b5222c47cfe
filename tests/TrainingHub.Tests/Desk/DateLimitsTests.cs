using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Closing time, minimum and held places as staff set and see them.</summary>
public sealed class DateLimitsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_AllLimits_AreSavedSaidAndInTheHistory()
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync("Police (limits)");
        var run = await world.RunAsync(capacity: 24, startsIn: TimeSpan.FromDays(30));
        await world.BookPlace.RunAsync(world.Request(run, "one@l1.example", "two@l1.example") with { SectorId = police }, Token);
        await world.BookAsync(run, "three@l1.example");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/change");

        var done = await form.SubmitAsync(fields =>
        {
            (fields["Form.Limits.ClosesHoursBefore"], fields["Form.Limits.Minimum"]) = ("48", "8");
            (fields["Form.Limits.HeldBack"], fields["Form.Limits.HeldFor"], fields["Form.Limits.HeldUntil"]) = ("6", $"{police}", "20/11/2026");
        });

        Assert.Contains("Booking closes on 30 November 2026 at 10am", done.Main);
        Assert.Contains("Minimum: 8", done.Main);
        Assert.Contains("6 of 24 places held for Police (limits) until 20 November 2026, 2 of them taken", done.Main);
        Assert.Contains("Booking closes: When it begins → 30 November 2026 at 10am", done.Main);
        Assert.Contains("6 for Police (limits) until 20 November 2026", done.Main);
        Assert.Equal(2, await world.HeldBackTakenAsync(run));
        Assert.Contains("17 places left of 24", (await app.Browse().GetAsync($"/dates/{run}")).Main);
    }

    [Fact]
    public async Task Change_HeldForAnotherSector_CountsAnew()
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync();
        var run = await world.HeldBackRunAsync(capacity: 10, held: 4, police);
        await world.BookAsync(run, "one@l2.example");
        await world.BookPlace.RunAsync(world.Request(run, "two@l2.example", "three@l2.example") with { SectorId = police }, Token);
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/change");

        await form.SubmitAsync(fields => (fields["Form.Limits.HeldFor"], fields["Form.Capacity"]) = ($"{world.Sector}", "6"));

        Assert.Equal(1, await world.HeldBackTakenAsync(run));
    }

    [Fact]
    public async Task Change_BadLimits_SaysSoAtTheirPlaces()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);
        await world.BookAsync(run, "one@l3.example", "two@l3.example", "three@l3.example");
        var other = await world.OtherSectorAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/change");

        var bad = await form.SubmitAsync(fields =>
            (fields["Form.Limits.ClosesHoursBefore"], fields["Form.Limits.Minimum"], fields["Form.Limits.HeldBack"], fields["Form.Limits.HeldUntil"]) = ("0", "6", "2", "1/1/2027"));
        Assert.Equal(
            [
                "Hours must be a whole number from 1 to 2,160", "The minimum cannot be more than the 5 places",
                "Select the sector for which they are held", "Places cannot be held beyond the date itself",
            ],
            bad.Errors);
        var many = await form.SubmitAsync(fields =>
            (fields["Form.Limits.HeldBack"], fields["Form.Limits.HeldFor"], fields["Form.Limits.HeldUntil"]) = ("3", $"{other}", "20/11/2026"));
        Assert.Equal(["Only 2 can be held: 3 places are taken"], many.Errors);
        var past = await form.SubmitAsync(fields =>
            (fields["Form.Limits.HeldBack"], fields["Form.Limits.HeldFor"], fields["Form.Limits.HeldUntil"]) = ("2", $"{other}", "1/11/2026"));
        Assert.Equal(["The last day on which they are held must be today or later"], past.Errors);
        Assert.Equal(0, await world.CountAsync("select held_back from course_runs where id = $1", run));
    }

    [Fact]
    public async Task Change_CapacityUnderTakenAndHeld_IsRefusedWithTheFigure()
    {
        var world = await WorldAsync();
        var run = await world.HeldBackRunAsync(capacity: 10, held: 4, await world.OtherSectorAsync());
        await world.BookAsync(run, "one@l4.example", "two@l4.example");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/change");

        var refused = await form.SubmitAsync(fields => fields["Form.Capacity"] = "5");

        Assert.Equal(["Only 3 can be held: 2 places are taken"], refused.Errors);
        Assert.DoesNotContain("Only", (await form.SubmitAsync(fields => fields["Form.Capacity"] = "6")).Main);
        Assert.Equal(6, await world.CountAsync("select capacity from course_runs where id = $1", run));
    }

    [Fact]
    public async Task New_EveryMonth_HoldsPlacesUntilAsManyDaysBeforeEach()
    {
        var world = await WorldAsync();
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync($"/staff/dates/new?course={world.Course}");

        var plan = await form.SubmitAsync(fields =>
        {
            (fields["Form.Day"], fields["Form.Capacity"], fields["Repeat"], fields["Count"]) = ("13/4/2027", "10", "EveryWeek", "2");
            (fields["Form.Limits.HeldBack"], fields["Form.Limits.HeldFor"], fields["Form.Limits.HeldUntil"]) = ("4", $"{world.Sector}", "1/4/2027");
            fields["Form.Limits.ClosesHoursBefore"] = "24";
        });
        await plan.SubmitAsync(button: "Publish these dates now");

        Assert.Equal("2027-04-01 23:00 2027-04-08 23:00", await world.TextAsync(
            "select string_agg(to_char(held_back_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), ' ' order by starts_at) from course_runs where course_id = $1 and held_back = 4 and books_until = starts_at - interval '1 day'",
            world.Course));
    }

    [Fact]
    public async Task Today_SoonWithTooFew_NamesItWithTheActsUntilThereAreEnough()
    {
        var world = await WorldAsync();
        var (soon, later) = (await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(9)), await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(60)));
        await world.ExecuteAsync("update course_runs set minimum_places = 2 where id = any($1)", new[] { soon, later });
        await world.BookAsync(soon, "one@l5.example");
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.Contains("1 of at least 2 booked, 9 days left", today.Main);
        Assert.Single(today.Document.QuerySelectorAll($"a[href$='{soon}/change']"));
        Assert.Single(today.Document.QuerySelectorAll($"a[href$='{soon}/cancel']"));
        Assert.Empty(today.Document.QuerySelectorAll($"a[href*='{later}/']"));
        var list = await staff.GetAsync("/staff/dates?state=few");
        Assert.Contains("Minimum 2", list.Main);
        Assert.Empty(list.Document.QuerySelectorAll($"a[href*='{later}']"));
        Assert.DoesNotContain("at least", (await app.Browse().GetAsync($"/dates/{soon}")).Main);
        await world.BookAsync(soon, "two@l5.example");

        Assert.DoesNotContain("of at least", (await staff.GetAsync("/staff")).Main);
    }

    [Theory]
    [InlineData(0, 14, true)]
    [InlineData(2160, 60, true)]
    [InlineData(-1, 14, false)]
    [InlineData(2161, 14, false)]
    [InlineData(0, 0, false)]
    public void DateOptions_AreReadOrRefused(int closes, int tooFew, bool isValid)
    {
        var options = new TrainingHub.Catalogue.DateOptions { BookingClosesHoursBefore = closes, TooFewDaysBefore = tooFew };

        Assert.Equal(isValid, options.IsValid);
        Assert.Equal(closes == 0 ? null : closes, options.NewDate.ClosesHoursBefore);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
