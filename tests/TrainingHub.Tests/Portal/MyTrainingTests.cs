using System.Net;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Portal;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>What somebody sees who goes on courses, also where several share an address.</summary>
public sealed class MyTrainingTests(TestApp app) : IClassFixture<TestApp>
{
    private DateOnly Today => London.DateOf(app.Clock.Now);

    [Fact]
    public async Task Training_OfTheOnlyPersonAtTheAddress_ShowsComingAttendedAndWhatIsNext()
    {
        await ReadyAsync();
        var course = await app.Given.CourseAsync("Neglect and hidden harm");
        var (coming, past) = (await app.Given.RunAsync(course.Id, Today.AddDays(10)), await app.Given.RunAsync(course.Id, Today.AddDays(-10)));
        var next = (await app.Given.PlacesAsync(coming, new GivenDelegate("Mia Came") { Email = "mia@train.example", BookedBy = "boss@train.example", AccessNeeds = "Hearing loop" }))[0];
        var done = (await app.Given.PlacesAsync(past, new GivenDelegate("Mia Came") { Email = "mia@train.example", BookedBy = "boss@train.example" }))[0];
        await app.Given.MarkAsync(done.Place.Id, app.Clock.Now, Mark.Part);
        await app.Given.AddAsync(Given.NewInvitation(done.Place.Id, Today.AddDays(80), app.Clock.Now));

        var page = await app.SignInByCodeAsync("mia@train.example");
        var own = await page.Browser.GetAsync(BookingUrls.DelegatePage(next.Place.Id));

        Assert.Equal("Training of Mia Came", page.Heading);
        Assert.Equal(PortalUrls.TrainingOf(next.Person.Id), page.Address);
        Assert.Contains("Neglect and hidden harm", page.Main);
        Assert.Contains("Attended in part", page.Main);
        Assert.Contains("3 hours", page.Main);
        Assert.Contains($"We ask on {London.Words(Today.AddDays(80))} what has changed in your work", page.Main);
        Assert.DoesNotContain("Hearing loop", page.Text);
        Assert.DoesNotContain("certificate", page.Main, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((HttpStatusCode.OK, "You have a place"), (own.Status, own.Heading));
        Assert.Equal(HttpStatusCode.NotFound, (await page.Browser.GetAsync(BookingUrls.Manage(next.Booking.Reference))).Status);
    }

    [Fact]
    public async Task Training_OnASharedAddress_AsksWhoseAndShowsOneAtATime()
    {
        await ReadyAsync();
        var run = await app.Given.RunAsync((await app.Given.CourseAsync("Thresholds")).Id, Today.AddDays(-10));
        var places = await app.Given.PlacesAsync(
            run, new GivenDelegate("Alice Ames") { Email = "office@train.example", BookedBy = "head@train.example" }, new GivenDelegate("Tom Tate") { Email = "office@train.example", BookedBy = "head@train.example" });
        await app.Given.MarkAsync(places[0].Place.Id, app.Clock.Now);
        await app.Given.MarkAsync(places[1].Place.Id, app.Clock.Now, Mark.Absent);

        var page = await app.SignInByCodeAsync("office@train.example");
        var tom = await page.FollowAsync("Tom Tate");

        Assert.Contains("Several people share this address. Whose training do you want to see?", page.Main);
        Assert.Contains("This is for Tom Tate alone.", tom.Main);
        Assert.Contains("Did not attend", tom.Main);
        Assert.DoesNotContain("Alice", tom.Main);
    }

    [Fact]
    public async Task Programme_BegunByAModule_ShowsEachModule()
    {
        await ReadyAsync();
        var programme = await app.Given.ProgrammeAsync();
        var (one, two, three) = (await ModuleAsync(1), await ModuleAsync(2), await ModuleAsync(3));
        var done = (await app.Given.PlacesAsync(await app.Given.RunAsync(one, Today.AddDays(-10)), Pia))[0];
        await app.Given.MarkAsync(done.Place.Id, app.Clock.Now);
        await app.Given.PlacesAsync(await app.Given.RunAsync(two, Today.AddDays(10)), Pia);

        var page = await app.SignInByCodeAsync("pia@train.example");
        var steps = page.All("ol.app-rows > li");

        Assert.Contains("1 of 3 modules attended.", page.Main);
        Assert.Equal(3, steps.Count);
        Assert.EndsWith($"Attended{London.Words(Today.AddDays(-10))}", steps[0], StringComparison.Ordinal);
        Assert.EndsWith($"Booked{London.Words(Today.AddDays(10))}", steps[1], StringComparison.Ordinal);
        Assert.Contains("Not booked yet", steps[2]);
        Assert.NotEqual(Guid.Empty, three);

        async Task<Guid> ModuleAsync(int number) => (await app.Given.CourseAsync(programme: programme.Id, module: number)).Id;
    }

    [Fact]
    public async Task Programme_ModulesMissing_LeadToTheirDatesAndToOneBookingOfSeveral()
    {
        await ReadyAsync();
        var programme = await app.Given.ProgrammeAsync();
        List<TrainingHub.Catalogue.CourseRun> runs = [];
        for (var number = 1; number <= 4; number++)
        {
            var course = (await app.Given.CourseAsync($"Step {number} of steps", pricePence: 5500, programme: programme.Id, module: number)).Id;
            if (number < 4)
            {
                runs.Add(await app.Given.RunAsync(course, Today.AddDays(10 * number)));
            }
        }

        await app.Given.PlacesAsync(runs[0], new GivenDelegate("Moe Missing") { Email = "moe@train.example", BookedBy = "head@train.example" });

        var page = await app.SignInByCodeAsync("moe@train.example");
        var one = await page.FollowAsync($"Book {London.DayWords(Today.AddDays(20))}, Step 2 of steps");
        var several = await page.FollowAsync("Book several of the 3 missing modules together");

        Assert.Contains("Tell me of dates of Step 4 of steps", page.Main);
        Assert.Equal($"/dates/{runs[1].Id}/book", one.Address);
        Assert.Equal($"/dates/{runs[1].Id}/book/dates", several.Address);
        Assert.Contains("Module 3: Step 3 of steps", several.Main);
    }

    [Fact]
    public async Task Renewal_AfterTheLastAttendance_IsSaidOnce()
    {
        await ReadyAsync();
        var course = await app.Given.CourseAsync("Designated lead");
        await RenewedEveryAsync(course.Id, months: 24);
        foreach (var day in new[] { Today.AddYears(-2), Today.AddDays(-30) })
        {
            var place = (await app.Given.PlacesAsync(await app.Given.RunAsync(course.Id, day), new GivenDelegate("Rae Renew") { Email = "rae@train.example", BookedBy = "head@train.example" }))[0];
            await app.Given.MarkAsync(place.Place.Id, app.Clock.Now);
        }

        var page = await app.SignInByCodeAsync("rae@train.example");

        Assert.Contains($"Renew by {London.Words(Today.AddDays(-30).AddMonths(24))}", page.Main);
        Assert.DoesNotContain("Renewal was due", page.Main);
    }

    private static GivenDelegate Pia => new("Pia Programme") { Email = "pia@train.example", BookedBy = "head@train.example" };

    private async Task RenewedEveryAsync(Guid course, int months)
    {
        await using var update = app.Database.CreateCommand("update courses set renewal_months = $2 where id = $1");
        update.Parameters.AddWithValue(course);
        update.Parameters.AddWithValue(months);
        await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task ReadyAsync()
    {
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
    }
}
