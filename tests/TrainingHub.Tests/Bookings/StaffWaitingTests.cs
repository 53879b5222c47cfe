using TrainingHub.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What staff see and do of waiting lists.</summary>
public sealed class StaffWaitingTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_PlacesGather_SaysForWhomAndStaffSetThemAsideWithAReason()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(capacity: 2);
        var group = await world.JoinAsync(run, "Group", places: 2);
        var ben = await world.JoinAsync(run, "Ben");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();

        var list = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/waiting-lists?date={run}");
        var form = await list.FollowAsync("Change Group Able");
        var why = await form.SubmitAsync(button: "Set aside");
        var done = await why.SubmitAsync(fields => fields["Reason"] = "They look for another date.", button: "Set aside");

        Assert.Contains("1 free place is kept for Group Able, who is next and wants 2. Nobody overtakes.", list.Main);
        Assert.Equal(["Say why"], why.Errors);
        Assert.Contains("Group Able is set aside.", done.Main);
        Assert.Contains("Offered until", done.Main);
        Assert.Equal(("SetAside", "Offered"), (await world.StateAsync(group), await world.StateAsync(ben)));
    }

    [Fact]
    public async Task List_OfferTakenBack_IsToldAndGoesToTheNext()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync();
        var (ann, ben) = (await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"));
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();

        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/waiting-lists/{ann}");
        var done = await form.SubmitAsync(fields => fields["Reason"] = "Asked by phone.", button: "Take the offer back");

        Assert.Contains("The offer to Ann Able is taken back, and they are told.", done.Main);
        Assert.Equal(("SetAside", "Offered"), (await world.StateAsync(ann), await world.StateAsync(ben)));
        Assert.Equal(1, await world.MailedAsync(run, "Ann", "waiting-offer-ended"));
        Assert.Contains("Set aside by the training team", (await app.Browse().GetAsync(await world.PageAsync(run, "Ann"))).Main);
    }

    [Fact]
    public async Task BookForSomebody_PeopleWait_NeedsAReasonWhichIsKept()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(capacity: 2);
        await world.JoinAsync(run, "Group", places: 2);
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        var request = world.Bookings.Request(run, $"{run:N}@staff.example") with { Staff = new(app.Clock.Now) };

        var without = await BookAsync(request);
        var with = await BookAsync(request with
        {
            Staff = new(app.Clock.Now, OverBecause: "Promised by phone in June."),
            Dates = [request.Dates[0] with { MostPlaces = 2 }],
        });

        Assert.Equal((BookPlaceResult.Full, BookPlaceResult.Booked), (without, with));
        Assert.Equal((2, 0, 2), await world.CountsAsync(run));
        Assert.Equal(1, await world.Bookings.CountAsync(
            "select count(*) from history_entries where record_id = $1 and act = 'Booked before the waiting list' and note like '%Promised by phone in June.'", run));
    }

    [Fact]
    public async Task BookForSomebody_TheFreePlaceIsOffered_MakesRoomForBoth()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        var request = world.Bookings.Request(run, $"{run:N}@over.example");

        var over = await BookAsync(request with
        {
            Staff = new(app.Clock.Now, OverBecause: "The room seats more."),
            Dates = [request.Dates[0] with { MostPlaces = 1 }],
        });
        var accepted = await world.AcceptAsync(run, ann);

        Assert.Equal((BookPlaceResult.Booked, BookPlaceResult.Booked), (over, accepted));
        Assert.Equal((2, 0, 0), await world.CountsAsync(run));
    }

    [Fact]
    public async Task DatesWanted_WishesAndPeopleWhoWait_AreCountedByCourse()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, _) = await world.FullAsync();
        await world.JoinAsync(run, "Ann", places: 3);
        await app.Given.DateWishAsync(world.Bookings.Course, "a@wish.example");

        var wanted = await app.WithAsync<TrainingHubDb, IReadOnlyList<WantedCourse>>(db => DatesWanted.ReadAsync(db, app.Clock.Now, Token));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/waiting-lists");

        Assert.Equal((1, 3, 0, 1), wanted.Where(one => one.Id == world.Bookings.Course).Select(one => (one.Wishes, one.Waiting, one.Closed, one.Coming)).Single());
        Assert.Contains("Dates wanted", page.Main);
    }

    private async Task<BookPlaceResult> BookAsync(BookPlaceRequest request) => (await app.WithAsync<BookForSomebody, BookPlaceOutcome>(
        book => book.RunAsync(request, WaitingWorld.Staff, Token))).Result;
}
