using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Versions of the policy: added after a look at them, never changed, and said in the same words wherever one books or cancels.</summary>
public sealed class CancellationPolicyTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_AfterThePreview_IsInForceFromItsDayAndTheOldBookingKeepsTheOldOne()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var old = await world.BookAsync(await world.RunAsync(capacity: 5), "one@p1.example");
        var staff = await app.BrowseAsStaffAsync();
        var today = London.DateOf(app.Clock.Now);

        var page = await staff.GetAsync(CatalogueUrls.StaffCancellation);
        var wrong = await page.SubmitAsync(form => (form["Form.Days[1]"], form["Form.Percents[2]"], form["Form.Reason"]) = ("12", "101", "Wrong"));
        var preview = await page.SubmitAsync(form => Fill(form, today));
        Assert.Null(await FindAsync("Agreed by the executive"));
        var done = await preview.SubmitAsync(button: "Add this version");
        var again = await preview.SubmitAsync(button: "Add this version");
        var booked = await world.BookAsync(await world.RunAsync(capacity: 5), "two@p1.example");

        Assert.Contains("Enter fewer working days than in the step above", wrong.Errors);
        Assert.Contains("Enter a whole number from 0 to 100", wrong.Errors);
        Assert.Contains("Cancel 20 working days or more before the course: nothing is due.", preview.Main, StringComparison.Ordinal);
        Assert.Contains("is added", done.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("is added", again.Document.Body!.TextContent, StringComparison.Ordinal);
        var added = await app.WithAsync((TrainingHubDb db) => db.CancellationPolicies.AsNoTracking().SingleAsync(policy => policy.Reason == "Agreed by the executive", Ct));
        Assert.Equal([20, 3, 0], added.TierWorkingDays);
        Assert.Equal([0, 25, 100], added.TierPercents);
        var accepted = await app.WithAsync((TrainingHubDb db) => db.Bookings.Where(one => one.Id == booked.Id || one.Id == old.Id)
            .ToDictionaryAsync(one => one.Id, one => one.CancellationPolicyId, Ct));
        Assert.Equal(added.Id, accepted[booked.Id]);
        Assert.NotEqual(added.Id, accepted[old.Id]);
        Assert.NotNull(accepted[old.Id]);
    }

    [Fact]
    public async Task Add_OnADayThatIsPast_IsRefused()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync(CatalogueUrls.StaffCancellation)).SubmitAsync(form => Fill(form, London.DateOf(app.Clock.Now).AddDays(-1)));

        Assert.Contains("The first day must be today or later", page.Errors);
    }

    [Fact]
    public async Task Version_ThatWasAdded_CanBeChangedByNobody()
    {
        var failure = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => app.WithAsync((TrainingHubDb db) =>
            db.CancellationPolicies.ExecuteUpdateAsync(set => set.SetProperty(policy => policy.LateMinutes, 1), Ct)));

        Assert.Equal("permission denied for table cancellation_policies", failure.MessageText);
    }

    [Fact]
    public async Task Policy_OfADate_IsTheSameOnEveryPageAndInTheConfirmation()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 5);
        var startsAt = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run).Select(one => one.StartsAt).SingleAsync(Ct));
        var policy = await app.WithAsync((TrainingHubDb db) => CancellationPolicy.OfAsync(db, London.DateOf(app.Clock.Now), Ct));
        var first = CancellationWords.Paid(CancellationTerms.Of(policy!, startsAt), new Money(5500), app.Clock.Now)[0];
        var browser = app.Browse();

        var date = await browser.EventuallyAsync(CatalogueUrls.Date(run), first);
        var check = await world.ToCheckAsync(browser, run, "Ann One|one@p2.example");
        var booking = await check.SubmitAsync();
        var cancel = await booking.FollowAsync("Cancel the whole booking");

        Assert.All(new[] { date, check, booking, cancel }, page => Assert.Contains(first, page.Main, StringComparison.Ordinal));
        Assert.Contains("and to the cancellation policy above", check.Main, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from outgoing_emails where about = $2 and kind = 'booking-confirmed' and model ->> 'Policy' like '%' || $1 || '%'", first, booking.Address.Split('/')[^1]));
    }

    private static void Fill(TestForm form, DateOnly day)
    {
        (form["Form.StartsOn.Day"], form["Form.StartsOn.Month"], form["Form.StartsOn.Year"]) = ($"{day.Day}", $"{day.Month}", $"{day.Year}");
        (form["Form.Days[0]"], form["Form.Percents[0]"], form["Form.Days[1]"], form["Form.Percents[1]"]) = ("20", "0", "3", "25");
        form["Form.Reason"] = "Agreed by the executive";
    }

    private Task<CancellationPolicy?> FindAsync(string reason) =>
        app.WithAsync((TrainingHubDb db) => db.CancellationPolicies.AsNoTracking().FirstOrDefaultAsync(policy => policy.Reason == reason, Ct));
}
