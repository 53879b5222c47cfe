using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>"We send the joining link before the date", followed from the page that says it to the link in the delegate's hand, and the reminders.</summary>
public sealed class NoticeTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Link = "https://meet.example/room-1";
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
    public async Task JoiningLink_BookedEarly_ComesTwoWorkingDaysBeforeAndOnTheDay()
    {
        var run = await OnlineAsync();
        var booked = await world.BookAsync(run, "early@school.example");
        Assert.Contains("We send the joining link before the date", await world.TextAsync("select model -> 'Date' ->> 'Where' from outgoing_emails where about = $1 limit 1", booked.Reference));

        await GoToAsync(run, days: -20, hour: 12);
        Assert.Equal(0, await LinksAsync("early@school.example"));
        // The date is a Monday, so two working days before is the Thursday.
        await GoToAsync(run, days: -4, hour: 8);
        Assert.Equal(0, await LinksAsync("early@school.example"));
        await GoToAsync(run, days: -4, hour: 9);
        Assert.Equal(1, await LinksAsync("early@school.example"));
        await GoToAsync(run, days: -3, hour: 12);
        Assert.Equal(1, await LinksAsync("early@school.example"));
        await GoToAsync(run, days: 0, hour: 7);
        Assert.Equal(2, await LinksAsync("early@school.example"));
        await GoToAsync(run, days: 0, hour: 15);
        Assert.Equal(2, await LinksAsync("early@school.example"));
    }

    [Fact]
    public async Task JoiningLink_BookedLate_ComesAtOnceAndNotTwiceThatDay()
    {
        var run = await OnlineAsync();
        await GoToAsync(run, days: 0, hour: 8);
        await world.BookAsync(run, "late@school.example");

        await RunJobAsync();
        await RunJobAsync();

        Assert.Equal(1, await LinksAsync("late@school.example"));
    }

    [Fact]
    public async Task JoiningLink_Changed_ComesAgainAsNew()
    {
        var run = await OnlineAsync();
        await world.BookAsync(run, "again@school.example");
        await GoToAsync(run, days: -4, hour: 9);

        await ChangeLinkAsync(run, "https://meet.example/room-2");
        await RunJobAsync();
        await RunJobAsync();

        Assert.Equal(2, await LinksAsync("again@school.example"));
        Assert.Equal("https://meet.example/room-2 true", await world.TextAsync(
            "select concat(model ->> 'JoiningLink', ' ', model ->> 'IsNewLink') from outgoing_emails where kind = 'before-course' order by 1 desc limit 1"));
    }

    [Fact]
    public async Task JoiningLink_Swapped_GoesToWhoComesNowAndTheOldPageIsShut()
    {
        var run = await OnlineAsync();
        var booked = await world.BookAsync(run, "former@school.example");
        await GoToAsync(run, days: -4, hour: 9);
        var former = app.Browse();
        var page = await former.GetAsync(await PageOfAsync("former@school.example"));
        Assert.Equal(Link, page.Find("a.govuk-button").GetAttribute("href"));

        var place = await PlaceAsync(booked.Id);
        await app.WithAsync<SwapDelegate, DelegateChangeOutcome>(swap => swap.RunAsync(booked.Id, place, new("Nia Newcomer", "newcomer@school.example", null), Ct));
        await RunJobAsync();

        Assert.Equal((1, 1), (await LinksAsync("former@school.example"), await LinksAsync("newcomer@school.example")));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await former.GetAsync(page.Address)).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Browse().GetAsync(await PageOfAsync("former@school.example"))).Status);
        Assert.Contains("Nia Newcomer", (await app.Browse().GetAsync(await PageOfAsync("newcomer@school.example"))).Main);
    }

    [Fact]
    public async Task JoiningLink_Cancelled_NeverComes()
    {
        var run = await OnlineAsync();
        var booked = await world.BookAsync(run, "gone@school.example", "stays@school.example");
        var place = await PlaceAsync(booked.Id);
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, place, Ct));

        await GoToAsync(run, days: 0, hour: 8);

        Assert.Equal((0, 1), (await LinksAsync("gone@school.example"), await LinksAsync("stays@school.example")));
    }

    [Fact]
    public async Task Reminder_SevenDaysAndOneDayBefore_ComesOnceEach()
    {
        var run = await OnlineAsync(link: null);
        await world.BookAsync(run, "soon@school.example");

        foreach (var (days, hour, expected) in new[] { (-8, 12, 0), (-7, 9, 1), (-7, 15, 1), (-5, 12, 1), (-1, 9, 2), (0, 8, 2) })
        {
            await GoToAsync(run, days, hour);
            await RunJobAsync();
            Assert.Equal((days, hour, expected), (days, hour, await NoticesAsync("soon@school.example")));
        }

        Assert.Equal("Person soon@school.example, your course is in 7 days: Neglect, Mon 14 Jun 2027", await world.TextAsync(
            "select subject from outgoing_emails where kind = 'before-course' order by id limit 1"));
    }

    [Fact]
    public async Task Reminder_DateMoved_ComesForTheNewDay()
    {
        var run = await OnlineAsync(link: null);
        await world.BookAsync(run, "moved@school.example");
        await GoToAsync(run, days: -7, hour: 9);

        await ChangeAsync(run, facts => facts with { RunsOn = facts.RunsOn.AddDays(14) });
        await GoToAsync(run, days: -7, hour: 9);

        Assert.Equal(2, await NoticesAsync("moved@school.example"));
    }

    [Fact]
    public async Task SendNotices_SeveralAtOnce_TellOnce()
    {
        await DueAsync();

        await Gate.MeetAsync(app.Database, "outgoing_emails", 4, SendAsync);

        Assert.Equal(1, await LinksAsync("race@school.example"));
    }

    /// <summary>The twin without the key: each that meets the others tells it once more.</summary>
    [Fact]
    public async Task SendNotices_WithoutTheKey_TellAsOftenAsTheyMeet()
    {
        await DueAsync();
        await world.ExecuteAsync("alter table place_notices drop constraint pk_place_notices");

        await Gate.MeetAsync(app.Database, "outgoing_emails", 4, SendAsync);

        Assert.Equal(4, await LinksAsync("race@school.example"));
    }

    [Fact]
    public async Task CannotCome_FromTheDelegatesPage_FreesThePlaceAndTellsTheBooker()
    {
        var run = await OnlineAsync();
        var booked = await world.BookAsync(run, "ill@school.example", "well@school.example");
        await GoToAsync(run, days: -4, hour: 9);
        var page = await app.Browse().GetAsync(await PageOfAsync("ill@school.example"));
        Assert.Contains("BEGIN:VCALENDAR", (await page.FollowAsync("Add it to your calendar")).Text);

        var done = await page.SubmitAsync(selector: "form:has(.govuk-button--warning)");

        Assert.Contains("Thank you for telling us. The place is free for somebody else, and Bea Booker has an email about it.", done.Main);
        Assert.Contains("You have no place on this date", done.Main);
        Assert.Empty(done.Document.QuerySelectorAll("main form"));
        Assert.DoesNotContain(Link, done.Text);
        Assert.Equal(1, await world.LivePlacesAsync(run));
        Assert.Equal("Person ill@school.example", await world.TextAsync(
            "select model ->> 'GivenUpBy' from outgoing_emails where kind = 'place-cancelled' and about = $1", booked.Reference));
        Assert.Equal(0, await world.SentAsync(booked.Reference, "your-place-cancelled"));
    }

    [Theory]
    [InlineData("2027-06-14", "2027-06-10")]
    [InlineData("2027-06-01", "2027-05-27")]
    [InlineData("2027-06-05", "2027-06-03")]
    public void JoiningFrom_IsTwoWorkingDaysBeforeAtNine(string on, string from) =>
        Assert.Equal(London.Instant(DateOnly.Parse(from), new(9, 0)), NoticeTimes.JoiningFrom(DateOnly.Parse(on)));

    [Theory]
    [InlineData("7, 1", 2)]
    [InlineData("", 0)]
    [InlineData("0", null)]
    [InlineData("seven", null)]
    [InlineData("61", null)]
    public void DaysBefore_IsReadOrRefused(string setting, int? count) => Assert.Equal(count, new ReminderOptions { DaysBefore = setting }.Days?.Count);

    private async Task DueAsync()
    {
        var run = await OnlineAsync();
        await world.BookAsync(run, "race@school.example");
        app.Clock.MoveTo(London.Instant(new(2027, 6, 10), new(10, 0)));
    }

    private Task SendAsync() => app.WithAsync<SendNotices, int>(job => job.RunAsync(Ct));

    /// <summary>An online date on Monday 14 June 2027 at 10:00, long before which the clock stands.</summary>
    private async Task<Guid> OnlineAsync(string? link = Link)
    {
        app.Clock.MoveTo(London.Instant(new(2027, 4, 1), new(12, 0)));
        var run = await world.RunAsync(capacity: 10, London.Instant(new(2027, 6, 14), new(10, 0)) - app.Clock.Now);
        if (link is not null)
        {
            await ChangeLinkAsync(run, link);
        }

        return run;
    }

    private async Task GoToAsync(Guid run, int days, int hour)
    {
        var on = await app.WithAsync<TrainingHubDb, DateOnly>(db => db.CourseRuns.Where(one => one.Id == run).Select(one => one.RunsOn).SingleAsync(Ct));
        app.Clock.MoveTo(London.Instant(on.AddDays(days), new(hour, 0)));
        await RunJobAsync();
    }

    private Task<int> RunJobAsync() => app.RunJobAsync(nameof(SendNotices));

    private Task ChangeLinkAsync(Guid run, string link) => ChangeAsync(run, facts => facts with { JoiningLink = link });

    private async Task ChangeAsync(Guid run, Func<RunFacts, RunFacts> change)
    {
        var known = RunFacts.Of(await app.WithAsync<TrainingHubDb, CourseRun>(db => db.CourseRuns.AsNoTracking().SingleAsync(one => one.Id == run, Ct)));
        var outcome = await app.WithAsync<ChangeDate, ChangeDateOutcome>(
            command => command.RunAsync(run, known.Mark(), change(known), null, new(Guid.CreateVersion7(), "Cora Coordinator"), Ct));
        Assert.Equal(ChangeDateResult.Changed, outcome.Result);
    }

    private Task<Guid> PlaceAsync(Guid booking) =>
        app.WithAsync<TrainingHubDb, Guid>(db => db.Places.Where(place => place.BookingId == booking).OrderBy(place => place.Id).Select(place => place.Id).FirstAsync(Ct));

    private Task<string> PageOfAsync(string address) => world.TextAsync(
        "select substring(model ->> 'PageUrl' from 'https://[^/]+(.*)') from outgoing_emails where kind = 'before-course' and to_address = $1 order by id limit 1", address);

    private Task<int> NoticesAsync(string address) =>
        world.CountAsync("select count(*) from outgoing_emails where kind = 'before-course' and to_address = $1", address);

    private Task<int> LinksAsync(string address) =>
        world.CountAsync("select count(*) from outgoing_emails where kind = 'before-course' and to_address = $1 and model ->> 'JoiningLink' is not null", address);
}
