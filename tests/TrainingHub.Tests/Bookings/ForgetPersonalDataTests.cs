using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

public sealed class ForgetPersonalDataTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AccessNeedsAndWaitingList_ThirtyDaysAfterTheDate_AreGoneAndThePlaceStays()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(5));
        await BookAsync(world, run);
        await app.Given.WaitingAsync(run, "Wanda Waits", "wanda@x.example");
        app.Clock.Advance(TimeSpan.FromDays(34));

        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetPersonalData)));
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, await app.RunJobAsync(nameof(ForgetPersonalData)));

        Assert.Equal(1, await world.CountAsync("select count(*) from places where run_id = $1 and access_needs is null and delegate_name = 'Ann Able'", run));
        Assert.Equal(0, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1", run));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetPersonalData)));
    }

    [Fact]
    public async Task Names_SixYearsAfterTheFinancialYear_AreGoneAndTheFiguresStay()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(5));
        await BookAsync(world, run);
        var date = DateOnly.FromDateTime(app.Clock.GetUtcNow().AddDays(5).UtcDateTime);
        var endOfYear = new DateTimeOffset(date.Month >= 4 ? date.Year + 1 : date.Year, 4, 1, 12, 0, 0, TimeSpan.Zero);

        app.Clock.Advance(endOfYear.AddYears(6).AddDays(-2) - app.Clock.GetUtcNow());
        await app.RunJobAsync(nameof(ForgetPersonalData));
        Assert.Equal(1, await world.CountAsync("select count(*) from places where run_id = $1 and delegate_name is not null", run));
        app.Clock.Advance(endOfYear.AddYears(6) - app.Clock.GetUtcNow());
        await app.RunJobAsync(nameof(ForgetPersonalData));

        Assert.Equal(1, await world.CountAsync("select count(*) from places where run_id = $1 and delegate_name is null and person_id is null and price_pence = 5500", run));
        Assert.Equal(1, await world.CountAsync("select places_taken from course_runs where id = $1", run));
        Assert.Equal(0, await world.CountAsync("select count(*) from bookings where booker_name is not null or booker_email is not null or invoice_email is not null"));
        Assert.Equal(0, await world.CountAsync("select count(*) from people"));
    }

    [Fact]
    public async Task Application_AYearAfterTheDecision_KeepsTheDecisionOnly()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await app.Given.DeclinedApplicationAsync("Harbour Trust", "Too late");
        await app.Given.ApplicationAsync("Quay Trust");
        app.Clock.Advance(TimeSpan.FromDays(364));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetPersonalData)));
        app.Clock.Advance(TimeSpan.FromDays(3));

        // One that nobody decided for a year, and that no booking holds, ends: then both are forgotten.
        Assert.Equal(3, await app.RunJobAsync(nameof(ForgetPersonalData)));

        Assert.Equal(1, await world.CountAsync("select count(*) from free_place_applications where state = 'Declined' and about = '' and registered_number is null and reason = ''"));
        Assert.Equal(1, await world.CountAsync("select count(*) from free_place_applications where state = 'Lapsed' and about = ''"));
    }

    [Fact]
    public async Task Person_WhoHoldsNoPlaceAnyMore_IsGoneThirtyDaysAfterTheyCame()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(200));
        var booking = await world.BookAsync(run, "ann@p1.example", "ben@p1.example");
        await app.Given.PersonAsync("Nora Never", "no@p1.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        await (await manage.FollowAsync("Swap or correct the name of Person ann@p1.example"))
            .SubmitAsync(form => (form["Form.Change"], form["Form.Name"], form["Form.Email"]) = ("another", "Cat Clark", "cat@p1.example"));

        app.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetPersonalData)));
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await app.RunJobAsync(nameof(ForgetPersonalData)));

        Assert.Equal("ben@p1.example cat@p1.example", await world.TextAsync("select string_agg(email_key, ' ' order by email_key) from people"));
    }

    [Fact]
    public async Task WaitingList_OnlyThat_MakesNoPerson()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "ann@p2.example");

        await (await app.Browse().GetAsync($"/dates/{run}/wait")).SubmitAsync(form =>
            (form["Form.Name"], form["Form.Email"], form["Form.Places"]) = ("Wanda Waits", "wanda@p2.example", "1"));

        Assert.Equal(1, await world.CountAsync("select count(*) from waiting_list_entries where email_key = 'wanda@p2.example'"));
        Assert.Equal(0, await world.CountAsync("select count(*) from people where email_key = 'wanda@p2.example'"));
    }

    [Fact]
    public async Task Words_OfThePrivacyNotice_NameTheDays()
    {
        await using var app = new TestApp(await databases.CreateAsync());

        var page = await app.Browse().GetAsync("/privacy");

        Assert.Contains("Your name and email, when you no longer have a place on any date", page.Main);
    }

    private static async Task BookAsync(BookingWorld world, Guid run)
    {
        var request = world.Request(run) with { Dates = [new(run, 5500, [new("Ann Able", "ann@x.example", "A hearing loop")])] };
        Assert.Equal(BookPlaceResult.Booked, (await world.BookPlace.RunAsync(request, Ct)).Result);
    }
}
