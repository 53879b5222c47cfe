using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>"Whoever has not chosen is reminded once", from the page of staff that says it to the session that is chosen.</summary>
public sealed class SessionReminderTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Undecided_IsRemindedOnceAndChoosesByTheLink()
    {
        var (run, slot, places) = await WorldAsync("Una Undecided", "Dan Decided", "Cy Cancels");
        await ChooseAsync(places[1], slot, 0);
        Assert.Contains("Whoever has not chosen is reminded once by email, 5 days before the last day to choose", (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/programme")).Main);
        await app.WithAsync((CancelBooking cancel) => cancel.GiveUpAsync(places[2].Place, Ct, 0));

        await GoToAsync(run, days: -5, hour: 8);
        Assert.Empty(await RemindedAsync());
        await GoToAsync(run, days: -5, hour: 9);
        await RunJobAsync();
        await GoToAsync(run, days: -1, hour: 12);

        var (to, message) = Assert.Single(await RemindedAsync());
        Assert.Equal(("una.undecided@example.org", "Una Undecided, choose your sessions"), (to, message.Subject.Split(':')[0]));
        Assert.Equal(["10am to 11am"], message.Times);
        var page = await app.Browse().GetAsync(new Uri(message.PageUrl).PathAndQuery);
        Assert.Contains("Your sessions are saved.", (await page.SubmitAsync(fields => fields[OwnSessions.FieldOf(slot.Id)] = $"{slot.Sessions[1]}", "form[action*=essions]")).Main);
    }

    [Fact]
    public async Task LastDay_ThatIsSet_CountsAndAfterItNobodyIsReminded()
    {
        var (run, _, _) = await WorldAsync("Lou Late");
        await app.WithAsync((SaveEventPlan save) => save.RunAsync(run.Id, 0, run.RunsOn.AddDays(-10), Ann, Ct));
        await GoToAsync(run, days: -15, hour: 8);
        Assert.Empty(await RemindedAsync());

        await GoToAsync(run, days: -9, hour: 9);
        Assert.Empty(await RemindedAsync());

        await app.WithAsync((SaveEventPlan save) => save.RunAsync(run.Id, 1, run.RunsOn.AddDays(-8), Ann, Ct));
        await RunJobAsync();
        Assert.Equal($"until the end of {London.Words(run.RunsOn.AddDays(-8))}", Assert.Single(await RemindedAsync()).Message.Until);
    }

    [Fact]
    public async Task NothingToChoose_NobodyIsReminded()
    {
        var (full, slot, places) = await WorldAsync([1, 1], "Ann Quick", "Bob Quick", "Cat Slow");
        await ChooseAsync(places[0], slot, 0);
        await ChooseAsync(places[1], slot, 1);
        var (cancelled, _, _) = await WorldAsync("Del Cancelled");
        await app.WithAsync((CancelDate cancel) => cancel.RunAsync(cancelled.Id, "The hall is flooded.", false, Ann, Ct));
        var plain = await EventAsync();
        await app.Given.SlotAsync(plain.Id, new(10, 0), 5);
        await app.Given.PlacesAsync(plain, new GivenDelegate("Eli Everybody"));

        await GoToAsync(full, days: -5, hour: 9);

        Assert.Empty(await RemindedAsync());
    }

    [Fact]
    public async Task Swapped_WhoComesNowIsRemindedThemselves()
    {
        var (run, _, places) = await WorldAsync("Fay Former");
        await GoToAsync(run, days: -5, hour: 9);

        await app.WithAsync((SwapDelegate swap) => swap.RunAsync(places[0].Booking.Id, places[0].Place.Id, new("Nia New", "nia@new.example", null), Ct, Ann));
        await RunJobAsync();
        await RunJobAsync();

        Assert.Equal(["fay.former@example.org", "nia@new.example"], (await RemindedAsync()).Select(one => one.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Setting_OfNoDays_RemindsNobody()
    {
        var (run, _, _) = await WorldAsync("Zoe Zero");
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/settings/deadlines");
        var wrong = await page.SubmitAsync(form => form["Form.SessionsDaysBefore"] = "61");
        await wrong.SubmitAsync(form => form["Form.SessionsDaysBefore"] = "0");

        await GoToAsync(run, days: -5, hour: 9);

        Assert.Equal(["Enter a whole number of days from 0 to 60"], wrong.Errors);
        Assert.Empty(await RemindedAsync());
    }

    [Fact]
    public async Task Remind_SeveralNodesAtOnce_TellOnce()
    {
        await DueAsync();

        await Gate.MeetAsync(app.Database, "outgoing_emails", 4, () => app.WithAsync((RemindToChoose job) => job.RunAsync(Ct)));

        Assert.Single(await RemindedAsync());
    }

    /// <summary>The twin without the key: each that meets the others tells it once more.</summary>
    [Fact]
    public async Task Remind_WithoutTheKey_TellAsOftenAsTheyMeet()
    {
        await DueAsync();
        await using (var command = app.Database.Owner().CreateCommand("alter table place_notices drop constraint pk_place_notices"))
        {
            await command.ExecuteNonQueryAsync(Ct);
        }

        await Gate.MeetAsync(app.Database, "outgoing_emails", 4, () => app.WithAsync((RemindToChoose job) => job.RunAsync(Ct)));

        Assert.Equal(4, (await RemindedAsync()).Count);
    }

    [Theory]
    [InlineData("2027-03-01", 5, "2027-03-15T09:00")]
    [InlineData("2027-03-15", 5, "2027-03-19T09:00")]
    [InlineData("2027-03-18", 1, "2027-03-19T09:00")]
    [InlineData("2027-03-19", 5, null)]
    [InlineData("2027-03-01", 0, null)]
    public void RemindAt_BeforeTheLastDay_OrTheDayBeforeForWhoBooksLate(string bookedOn, int days, string? at)
    {
        // The last day is Saturday 20 March.
        var closesAt = EventPlan.ClosesAt(new(2027, 3, 20), London.Instant(new(2027, 3, 25), new(10, 0)));

        Assert.Equal(
            at is null ? null : London.Instant(DateOnly.Parse(at[..10]), TimeOnly.Parse(at[11..])),
            RemindToChoose.RemindAt(closesAt, London.Instant(DateOnly.Parse(bookedOn), new(10, 0)), days));
    }

    private async Task DueAsync()
    {
        var (run, _, _) = await WorldAsync("Ray Race");
        app.Clock.MoveTo(London.Instant(run.RunsOn.AddDays(-5), new(10, 0)));
    }

    private Task<(CourseRun Run, GivenSlot Slot, IReadOnlyList<GivenPlace> Places)> WorldAsync(params string[] names) => WorldAsync([5, 5], names);

    private async Task<(CourseRun Run, GivenSlot Slot, IReadOnlyList<GivenPlace> Places)> WorldAsync(int?[] capacities, params string[] names)
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), capacities);
        return (run, slot, await app.Given.PlacesAsync(run, [.. names.Select(name => new GivenDelegate(name))]));
    }

    private async Task<CourseRun> EventAsync() =>
        await app.Given.RunAsync((await app.Given.CourseAsync(kind: CourseKind.Conference, pricePence: 0)).Id, London.DateOf(app.Clock.Now).AddDays(30));

    private Task<ChooseSessionsOutcome> ChooseAsync(GivenPlace place, GivenSlot slot, int session) =>
        app.WithAsync((ChooseSessions choose) => choose.RunAsync(place.Place.Id, new Dictionary<Guid, Guid> { [slot.Id] = slot.Sessions[session] }, Ct));

    private Task<int> GoToAsync(CourseRun run, int days, int hour)
    {
        app.Clock.MoveTo(London.Instant(run.RunsOn.AddDays(days), new(hour, 0)));
        return RunJobAsync();
    }

    private Task<int> RunJobAsync() => app.RunJobAsync(nameof(RemindToChoose));

    private Task<List<(string To, SessionsToChooseEmail Message)>> RemindedAsync() => app.WithAsync(async (TrainingHubDb db) =>
        (await db.OutgoingEmails.AsNoTracking().Where(mail => mail.Kind == "choose-sessions").OrderBy(mail => mail.Id).ToListAsync(Ct))
            .ConvertAll(mail => (mail.ToAddress, (SessionsToChooseEmail)mail.Message())));
}
