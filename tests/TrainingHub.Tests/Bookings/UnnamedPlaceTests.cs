using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;
using Delegate = TrainingHub.Bookings.Delegate;

namespace TrainingHub.Tests.Bookings;

/// <summary>Places that are booked before it is known who comes: named by their booker until a day, by staff until the course begins.</summary>
public sealed class UnnamedPlaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Book_PlacesToBeNamedLater_SaysTheDayEverywhere()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var by = await LastDayAsync(world, run);
        var page = await app.Browse().GetAsync($"/dates/{run}/book");

        var organisation = await page.SubmitAsync(form => form["Form.Later[0].Places"] = "3");
        var check = await ByInvoiceAsync(world, organisation);
        var done = await check.SubmitAsync();
        var mail = await world.TextAsync("select model::text from outgoing_emails where about = $1 and kind = 'booking-confirmed'", done.Address[^8..]);

        Assert.Contains($"Name them by {by}.", page.Main);
        Assert.Contains($"3 places: name who comes by {by}.", check.Main);
        Assert.Contains("£165 (3 places at £55)", check.Main);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Contains($"Name somebody by {by}.", done.Main);
        Assert.Contains($"somebody to be named by {by}", mail);
        Assert.Equal((3, 3), (await world.PlacesTakenAsync(run), await world.CountAsync("select count(*) from live_places where run_id = $1 and awaits_name", run)));
        Assert.Equal(["bea@school.example"], await world.MailedAsync(done.Address[^8..]));
    }

    [Fact]
    public async Task Names_SomeNowByListAndOneLater_TellsEachAndTheBooker()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var (browser, reference) = await BookedAsync(world, run, unnamed: 3);

        var filled = await (await browser.GetAsync($"/bookings/{reference}/names")).SubmitAsync(
            form => form["Form.List"] = "Ann Able, ann@u2.example\nBen Best <ben@u2.example>", button: "Fill in these people");
        var two = await filled.SubmitAsync(form => form["Form.List"] = "");
        var last = await (await browser.GetAsync($"/bookings/{reference}/names")).SubmitAsync(
            form => (form["People[0].Name"], form["People[0].Email"]) = ("Cai Cole", "cai@u2.example"));

        Assert.Equal("Ben Best", filled.Find("[name='People[1].Name']").GetAttribute("value"));
        Assert.Contains("2 people are named.", two.Main);
        Assert.Contains("1 person is named.", last.Main);
        Assert.DoesNotContain("Not named yet", last.Main);
        Assert.Equal(2, await world.SentAsync(reference, "places-named"));
        Assert.Equal(3, await world.SentAsync(reference, "you-are-booked"));
        Assert.Equal(0, await world.CountAsync("select count(*) from places where run_id = $1 and awaits_name", run));
        Assert.Equal(3, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Names_PersonHasAPlaceAlready_RefusesAllAndKeepsWhatWasTyped()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var (browser, reference) = await BookedAsync(world, run, unnamed: 2);
        await (await world.ToCheckAsync(app.Browse(), run, "Tam Taken|taken@u3.example")).SubmitAsync();

        var page = await (await browser.GetAsync($"/bookings/{reference}/names")).SubmitAsync(form =>
        {
            (form["People[0].Name"], form["People[0].Email"]) = ("Ann Able", "ann@u3.example");
            (form["People[1].Name"], form["People[1].Email"]) = ("Tam Taken", "taken@u3.example");
        });

        Assert.StartsWith("We could not do this online.", Assert.Single(page.Errors));
        Assert.Equal("Ann Able", page.Find("[name='People[0].Name']").GetAttribute("value"));
        Assert.Equal(2, await world.CountAsync("select count(*) from places where run_id = $1 and awaits_name", run));
    }

    [Fact]
    public async Task AskForNames_BeforeTheLastDay_RemindsTheBookerOnce()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(40));
        var (browser, reference) = await BookedAsync(world, run, unnamed: 2);
        var runsOn = await RunsOnAsync(world, run);

        await RunJobAsync();
        var early = await world.SentAsync(reference, "names-wanted");
        app.Clock.MoveTo(NameLater.RemindAt(runsOn, app.Clock.Now)!.Value);
        await RunJobAsync();
        await RunJobAsync();

        Assert.Equal(0, early);
        Assert.Equal(1, await world.SentAsync(reference, "names-wanted"));
        var link = await world.TextAsync("select substring(model ->> 'NamesUrl' from 'https://[^/]+(.*)') from outgoing_emails where about = $1 and kind = 'names-wanted'", reference);
        Assert.Equal("Who is coming?", (await app.Browse().GetAsync(link)).Heading);
        Assert.NotNull(browser);
    }

    [Fact]
    public async Task Names_AfterTheLastDay_AreForStaff()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(60));
        var (browser, reference) = await BookedAsync(world, run, unnamed: 1);
        var place = await world.CountAsync("select count(*) from places where run_id = $1", run);
        app.Clock.MoveTo(NameLater.Until(await RunsOnAsync(world, run)));
        var booking = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Bookings.Single(one => one.Reference == reference)));
        var id = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Places.Single(one => one.BookingId == booking.Id).Id));

        var late = await browser.GetAsync($"/bookings/{reference}/names");
        var refused = await app.WithAsync((NamePlaces name) => name.RunAsync(booking.Id, new Dictionary<Guid, Delegate> { [id] = new("Ann Able", "ann@u5.example", null) }, Ct));
        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        var date = await staff.GetAsync($"/staff/dates/{run}");
        var named = await (await staff.GetAsync($"/staff/bookings/{reference}/people/{id}")).SubmitAsync(
            form => (form["Form.Name"], form["Form.Email"]) = ("Ann Able", "ann@u5.example"));

        Assert.Equal($"/bookings/{reference}", late.Address);
        Assert.Contains("The last day to name somebody here was", late.Main);
        Assert.Equal(NamePlacesResult.TooLate, refused.Result);
        Assert.Contains("1 place has no name", today.Main);
        Assert.Contains("Not named yet", date.Main);
        Assert.Contains("Ann Able now has the place.", named.Main);
        Assert.Equal((1, 1), (place, await world.SentAsync(reference, "you-are-booked")));
    }

    [Fact]
    public async Task Names_WhileACardPaymentIsAwaited_WaitForIt()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var request = world.Request(run, "ann@u8.example") with { Method = PaymentMethod.Card, InvoiceEmail = null };
        var booked = (await world.BookPlace.RunAsync(request with { Dates = [request.Dates[0] with { Unnamed = 2 }] }, Ct)).Booking!;
        var place = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Places.First(one => one.BookingId == booked.Id && one.AwaitsName).Id));
        var people = new Dictionary<Guid, Delegate> { [place] = new("Ben Best", "ben@u8.example", null) };

        var early = await app.WithAsync((NamePlaces name) => name.RunAsync(booked.Id, people, Ct));
        await ConfirmAsync(booked.Id);
        var paid = await app.WithAsync((NamePlaces name) => name.RunAsync(booked.Id, people, Ct));
        var again = await app.WithAsync((NamePlaces name) => name.RunAsync(booked.Id, people, Ct));

        Assert.Equal(
            (NamePlacesResult.NotPaidYet, NamePlacesResult.Named, NamePlacesResult.NotWaiting), (early.Result, paid.Result, again.Result));
        Assert.Equal((1, 2), (await world.SentAsync(booked.Reference, "booking-confirmed"), await world.SentAsync(booked.Reference, "you-are-booked")));
    }

    [Fact]
    public async Task Cancel_PlaceWithoutAName_GivesItsSeatBack()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var (browser, reference) = await BookedAsync(world, run, unnamed: 2);
        var manage = await browser.GetAsync($"/bookings/{reference}");

        var cancel = await browser.GetAsync(manage.Find("a[href*='cancel?place=']").GetAttribute("href")!);
        await cancel.SubmitAsync();

        Assert.Matches("^Cancel the place of somebody to be named by ", cancel.Heading);
        Assert.Equal((1, 1), (await world.PlacesTakenAsync(run), await world.CountAsync("select count(*) from live_places where run_id = $1 and awaits_name", run)));
    }

    [Fact]
    public async Task Register_PlaceWithoutAName_HasALine()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10, startsIn: TimeSpan.FromDays(20));
        await BookedAsync(world, run, unnamed: 1);
        var staff = await app.BrowseAsStaffAsync();

        var register = await staff.GetAsync($"/staff/dates/{run}/register");

        Assert.Contains("Not named yet", register.Main);
    }

    [Fact]
    public async Task Places_WithoutAName_NeverHaveAPersonToo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await world.BookAsync(run, "ann@u7.example");

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => world.ExecuteAsync("update places set awaits_name = true where run_id = $1", run));

        Assert.Equal("ck_places_awaits_name", error.ConstraintName);
    }

    [Theory]
    [InlineData("2027-01-13", "2027-01-08")] // Wednesday: Friday before.
    [InlineData("2027-01-04", "2026-12-29")] // New Year's Day is no working day.
    [InlineData("2027-04-01", "2027-03-25")] // Nor are Good Friday and Easter Monday.
    public void LastDay_IsTheThirdWorkingDayBefore(string runsOn, string last)
    {
        Assert.Equal(DateOnly.Parse(last), NameLater.LastDay(DateOnly.Parse(runsOn)));
        Assert.True(NameLater.LatestOver(DateOnly.Parse(last).AddDays(1)) >= DateOnly.Parse(runsOn));
        Assert.True(NameLater.LatestOver(DateOnly.Parse(last)) < DateOnly.Parse(runsOn));
    }

    private async Task ConfirmAsync(Guid booking)
    {
        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await scope.ServiceProvider.GetRequiredService<ConfirmPlaces>().RunAsync(booking, app.Clock.Now, Ct);
        await transaction.CommitAsync(Ct);
    }

    private static async Task<DateOnly> RunsOnAsync(BookingWorld world, Guid run) =>
        DateOnly.Parse(await world.TextAsync("select runs_on::text from course_runs where id = $1", run), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> LastDayAsync(BookingWorld world, Guid run) => London.LongWords(NameLater.LastDay(await RunsOnAsync(world, run)));

    private Task<int> RunJobAsync() => app.RunJobAsync(nameof(AskForNames));

    private async Task<(TestBrowser Browser, string Reference)> BookedAsync(BookingWorld world, Guid run, int unnamed)
    {
        var browser = app.Browse();
        var organisation = await (await browser.GetAsync($"/dates/{run}/book")).SubmitAsync(form => form["Form.Later[0].Places"] = $"{unnamed}");
        var done = await (await ByInvoiceAsync(world, organisation)).SubmitAsync();
        return (browser, done.Address[^8..]);
    }

    private static async Task<TestPage> ByInvoiceAsync(BookingWorld world, TestPage organisation)
    {
        var page = await organisation.Browser.EventuallyAsync(organisation.Address, world.SectorName);
        return await (await page.SubmitAsync(world.FillOrganisation)).SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
