using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The day by which an application is decided: promised, shown, and told once when it is over. And no state but a granted one reads as free.</summary>
public sealed class FreePlaceDayTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("2026-11-02", 10, "2026-11-16")]
    [InlineData("2026-12-18", 3, "2026-12-23")]
    [InlineData("2026-12-23", 3, "2026-12-30")]
    [InlineData("2026-11-07", 1, "2026-11-09")]
    public void DecideBy_WorkingDays_LeavesOutWeekendsAndBankHolidays(string asked, int days, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), FreePlacePolicy.DecideBy(DateOnly.Parse(asked), days));

    [Fact]
    public async Task Apply_WhileBooking_TellsTheDayOnThePageAndInTheEmail()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (booking, application) = await free.ApplyAsync(await free.World.RunAsync(capacity: 5), "Day Group", "d@day.example");
        var browser = app.Browse();

        var page = await browser.GetAsync(await free.World.PrivateLinkAsync(booking.Reference));
        var own = await page.FollowAsync("See your application or add a document");

        Assert.Contains("emails you the decision by 16 November 2026", page.Main);
        Assert.Contains("We decide by 16 November 2026", own.Main);
        Assert.Equal("16 November 2026", await free.World.TextAsync("select model ->> 'DecideOn' from outgoing_emails where about = $1 and kind = 'booking-received'", booking.Reference));
        Assert.Contains("If you apply today, you have an answer by 16 November 2026", (await app.Browse().GetAsync("/free-places")).Main);
        Assert.NotEqual(Guid.Empty, application);
    }

    [Fact]
    public async Task Escalate_DayIsOver_TellsOnceAndMarksTodayRed()
    {
        await using var later = new TestApp(app.ConnectionString);
        var free = await FreePlaceWorld.MakeAsync(later);
        await free.World.ExecuteAsync("update free_place_applications set state = 'Withdrawn', decided_at = created_at where state = 'Pending'");
        await free.ApplyAsync(await free.World.RunAsync(capacity: 5), "Forgotten Group", "f@late.example");

        later.Clock.MoveTo(new DateTimeOffset(2026, 11, 16, 20, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await later.RunJobAsync(nameof(EscalateApplications)));
        later.Clock.MoveTo(new DateTimeOffset(2026, 11, 17, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await later.RunJobAsync(nameof(EscalateApplications)));
        Assert.Equal(0, await later.RunJobAsync(nameof(EscalateApplications)));

        Assert.Equal(1, await free.World.CountAsync("select count(*) from outgoing_emails where kind = 'free-places-late' and model -> 'Applications' ->> 0 = 'Forgotten Group: promised by 16 November 2026'"));
        var today = await (await later.BrowseAsStaffAsync()).GetAsync("/staff");
        Assert.Contains("Late", today.All(".govuk-tag--red"));
        Assert.Contains("Forgotten Group asks for 1 free place", today.Main);
    }

    [Fact]
    public async Task Pages_UndecidedOrDeclined_NeverSayFreeBesideAPayButton()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (pending, _) = await free.ApplyAsync(await free.World.RunAsync(capacity: 5), "Undecided Group", "u@words.example");
        var (declined, application) = await free.ApplyAsync(await free.World.RunAsync(capacity: 5), "Declined Group", "n@words.example");
        await free.DeclineAsync(application, DeclinedRule.OverTurnover, "You told us £400,000.");

        foreach (var booking in new[] { pending, declined })
        {
            var browser = app.Browse();
            var page = await browser.GetAsync(await free.World.PrivateLinkAsync(booking.Reference));
            List<TestPage> pages = [page, await browser.GetAsync($"/bookings/{booking.Reference}/cancel"), await browser.GetAsync($"/bookings/{booking.Reference}/payment")];
            pages.Add(await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{booking.Reference}"));
            Assert.All(pages, one => Assert.DoesNotContain(one.All("dd, td, strong, .govuk-summary-list__value"), IsFree));
            Assert.Equal(0, await free.World.CountAsync("select count(*) from outgoing_emails where about = $1 and (model ->> 'Price' ilike '%free%' or model ->> 'Payment' ilike '%free%')", booking.Reference));
        }

        var told = await app.Browse().GetAsync(await free.World.PrivateLinkAsync(declined.Reference));
        Assert.Contains("The yearly income of your organisation is above the limit of our policy. The training team gives this reason: You told us £400,000.", told.Main);
        Assert.Contains("£55", told.Main);

        static bool IsFree(string words) => words == "Free" || words.StartsWith("Free ", StringComparison.Ordinal) && !words.StartsWith("Free place", StringComparison.Ordinal);
    }
}
