using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Staff move everybody on a date to another: the dates to choose from, what they see before, and what they see after.</summary>
public sealed class MergeDatesPageTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Button = "main form[action*='/staff/undo/']";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_FromTheDateWithTooFew_ShowsWhatChangesAndIsDoneOnce()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (from, to, small) = (
            await world.RunAsync(capacity: 9, TimeSpan.FromDays(9)), await world.RunAsync(capacity: 9, TimeSpan.FromDays(40)), await world.RunAsync(capacity: 1, TimeSpan.FromDays(41)));
        await world.ExecuteAsync("update course_runs set minimum_places = 5 where id = $1", from);
        await world.BookAsync(from, "one@p1.example", "two@p1.example");
        await world.BookAsync(from, "three@p1.example");
        await world.BookAsync(to, "three@p1.example");
        var staff = await app.BrowseAsStaffAsync();
        Assert.Single((await staff.GetAsync("/staff")).Document.QuerySelectorAll($"a[href$='{from}/merge']"));

        var dates = await (await staff.GetAsync($"/staff/dates/{from}")).FollowAsync("Move everyone to another date");
        Assert.Contains("1 place is free; 3 are needed", dates.Main, StringComparison.Ordinal);
        Assert.Contains("1 person booked there already", dates.Main, StringComparison.Ordinal);
        Assert.Empty(dates.All($"a[href*='{small}']"));
        var preview = await staff.GetAsync($"/staff/dates/{from}/merge?to={to}");
        Assert.Contains("What changes for the 2 people who move", preview.Main, StringComparison.Ordinal);
        Assert.Contains("3 people in 2 bookings are told by email in two minutes", preview.Main, StringComparison.Ordinal);
        Assert.Contains("Person three@p1.example", preview.Main, StringComparison.Ordinal);
        Assert.Contains("1 of 9", preview.Main, StringComparison.Ordinal);
        var missing = await preview.SubmitAsync();
        Assert.Equal(["Enter why they are moved"], missing.Errors);
        var done = await missing.SubmitAsync(form => form["Reason"] = "Too few people had booked this date.");
        var again = await missing.SubmitAsync(form => form["Reason"] = "Too few people had booked this date.");

        Assert.Equal($"/staff/dates/{from}", done.Address);
        Assert.Contains("and this date is cancelled. 3 people in 2 bookings are told by email.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Merged into another date", done.Main, StringComparison.Ordinal);
        Assert.Contains("it was cancelled before", again.Main, StringComparison.Ordinal);
        Assert.Equal((0, 3), (await world.LivePlacesAsync(from), await world.LivePlacesAsync(to)));
        await done.SubmitAsync(selector: Button);
        Assert.Equal((3, 1), (await world.LivePlacesAsync(from), await world.LivePlacesAsync(to)));
    }

    [Fact]
    public async Task Merge_OntoADateWithAWaitingList_SaysWhoseThePlacesAre()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (from, to) = (await world.Bookings.RunAsync(capacity: 9), await world.Bookings.RunAsync(capacity: 3, TimeSpan.FromDays(40)));
        await world.Bookings.BookAsync(from, "one@p2.example");
        await world.Bookings.BookAsync(to, "two@p2.example");
        await world.JoinAsync(to, "Gina", places: 3);
        var staff = await app.BrowseAsStaffAsync();

        var dates = await staff.GetAsync($"/staff/dates/{from}/merge");
        var preview = await staff.GetAsync($"/staff/dates/{from}/merge?to={to}");

        Assert.Contains("2 places are free, but kept: 2 for its waiting list; 1 is needed", dates.Main, StringComparison.Ordinal);
        Assert.Contains("Not everybody fits.", preview.Main, StringComparison.Ordinal);
        Assert.Empty(preview.All("main form[method=post] textarea"));
    }

    [Fact]
    public async Task Merge_BookedSinceThePreviewOrBeingPaid_IsRefusedAndTheReasonKept()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (from, to) = (await world.RunAsync(capacity: 9), await world.RunAsync(capacity: 9, TimeSpan.FromDays(40)));
        await world.BookAsync(from, "one@p3.example");
        var preview = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{from}/merge?to={to}");

        await world.BookAsync(from, "two@p3.example");
        var changed = await preview.SubmitAsync(form => form["Reason"] = "Kept words.");
        await world.BookByCardAsync(from, "three@p3.example");
        var paying = await changed.SubmitAsync();

        Assert.StartsWith("Somebody has booked, cancelled or joined the list meanwhile.", Assert.Single(changed.Errors), StringComparison.Ordinal);
        Assert.Contains("Kept words.", changed.Main, StringComparison.Ordinal);
        Assert.StartsWith("Somebody is paying for this date by card just now.", Assert.Single(paying.Errors), StringComparison.Ordinal);
        Assert.Equal((3, 0), (await world.LivePlacesAsync(from), await world.LivePlacesAsync(to)));
    }
}
