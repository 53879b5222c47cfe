using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The allowance of an organisation and the budget of a year, when everybody wants the last free place at once.</summary>
public sealed class AwardRaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int Approvals = 100;

    // Each holds a connection while it waits for the others.
    private const int Meeting = 24;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_HundredAtOnceOfOneOrganisation_GivesExactlyItsAllowance()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        var free = await FreePlaceWorld.MakeAsync(own);
        await free.PublishAsync(policy => policy.PlacesPerOrganisation = 20);
        var applications = await ApplicationsAsync(free, Approvals, _ => "Open Hands");

        var results = await Task.WhenAll(applications.Select(application => Task.Run(() => free.ApproveAsync(application), Token)));

        Assert.Equal(20, results.Count(result => result == DecideResult.Decided));
        Assert.Equal(80, results.Count(result => result == DecideResult.OverAllowance));
        Assert.Equal((20, 20, 20 * 5500), (await free.World.CountAsync("select sum(places_used) from free_place_awards"), await free.GivenAsync(), await free.WorthAsync()));
        Assert.Equal(20, await free.World.CountAsync("select count(*) from free_place_values"));
        Assert.Equal(1, await free.World.CountAsync("select count(*) from free_place_awards"));
    }

    [Fact]
    public async Task Approve_HundredOrganisationsAtOnce_GivesExactlyTheBudget()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        var free = await FreePlaceWorld.MakeAsync(own);
        await free.PublishAsync(policy => policy.BudgetPlaces = 30);
        var applications = await ApplicationsAsync(free, Approvals, one => $"Charity {one}");

        var results = await Task.WhenAll(applications.Select(application => Task.Run(() => free.ApproveAsync(application), Token)));

        Assert.Equal((30, 70), (results.Count(result => result == DecideResult.Decided), results.Count(result => result == DecideResult.OverBudget)));
        Assert.Equal(30, await free.GivenAsync());
    }

    [Fact]
    public async Task Approve_AllMeetAtTheirPlaces_GivesExactlyTheAllowance()
    {
        await using var own = new TestApp(await databases.CreateAsync());

        Assert.Equal(5, await MeetAsync(own, isGuarded: true));
    }

    // The same with only the locks off, and the CHECK that is the last word: what is looked at stays.
    [Fact]
    public async Task Approve_GuardSwitchedOff_GivesMoreThanTheAllowanceWhenTheyMeet()
    {
        await using var own = new TestApp(await databases.CreateAsync());

        Assert.True(await MeetAsync(own, isGuarded: false) > 5);
    }

    [Fact]
    public async Task Approve_GuardSwitchedOff_HoldsInSequence()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        var (free, applications, award) = await ToMeetAsync(own, isGuarded: false);

        foreach (var application in applications)
        {
            await Unguarded.WithoutRowLocksAsync(() => free.ApproveAsync(application));
        }

        Assert.Equal(5, await free.UsedAsync(award));
    }

    [Fact]
    public async Task BookPlace_ManyUnderTheLastPlacesOfAnAward_BooksExactlyThose()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        await free.PublishAsync(policy => policy.PlacesPerOrganisation = 4);
        var (award, _, _) = await free.AwardAsync($"Last places {Guid.NewGuid():N}");
        var runs = await RunsAsync(free);

        var outcomes = await Task.WhenAll(runs.Select(run => Task.Run(() => free.World.BookPlace.RunAsync(free.UnderAward(run, award, $"{run:N}@a.example"), Token), Token)));

        Assert.Equal(3, outcomes.Count(outcome => outcome.Result == BookPlaceResult.Booked));
        Assert.All(outcomes.Where(outcome => outcome.Result != BookPlaceResult.Booked), outcome => Assert.Equal(BookPlaceResult.AwardUsedUp, outcome.Result));
        Assert.Equal(4, await free.UsedAsync(award));
        Assert.Equal(3, await TakenAsync(free, runs));
    }

    [Fact]
    public async Task BookPlace_AllMeetAtTheAward_BooksExactlyTheLastPlace()
    {
        await using var own = new TestApp(await databases.CreateAsync());

        Assert.Equal(2, await MeetAtAwardAsync(own));
    }

    // The same with only the CHECK off: each has looked, and each finds a place.
    [Fact]
    public async Task BookPlace_GuardSwitchedOff_BooksMoreThanTheAwardWhenTheyMeet()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        await own.Database.Owner().CreateCommand("alter table free_place_awards drop constraint ck_free_place_awards_places").ExecuteNonQueryAsync(Token);

        Assert.True(await MeetAtAwardAsync(own) > 2);
    }

    [Fact]
    public async Task BookPlace_GuardSwitchedOff_HoldsInSequence()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        await own.Database.Owner().CreateCommand("alter table free_place_awards drop constraint ck_free_place_awards_places").ExecuteNonQueryAsync(Token);
        var free = await FreePlaceWorld.MakeAsync(own);
        await free.PublishAsync(policy => policy.PlacesPerOrganisation = 2);
        var (award, _, _) = await free.AwardAsync("Open Hands");

        foreach (var run in await RunsAsync(free))
        {
            await free.World.BookPlace.RunAsync(free.UnderAward(run, award, $"{run:N}@s.example"), Token);
        }

        Assert.Equal(2, await free.UsedAsync(award));
    }

    [Fact]
    public async Task Cancel_TenTimesAtOnce_GivesThePlaceBackOnce()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, _, booking) = await free.AwardAsync($"Cancels {Guid.NewGuid():N}");
        var second = await free.World.BookPlace.RunAsync(free.UnderAward(await free.World.RunAsync(capacity: 5), award, "c2@a.example"), Token);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => app.WithAsync((CancelBooking cancel) => cancel.RunAsync(booking.Id, Token)), Token)));

        Assert.Equal(BookPlaceResult.Booked, second.Result);
        Assert.Equal(1, await free.UsedAsync(award));
    }

    private static async Task<int> MeetAsync(TestApp own, bool isGuarded)
    {
        var (free, applications, award) = await ToMeetAsync(own, isGuarded);
        await Gate.MeetAsync(own.Database, "places", [.. applications.Select(application => (Func<Task>)(() => isGuarded
            ? free.ApproveAsync(application)
            : Unguarded.WithoutRowLocksAsync(() => free.ApproveAsync(application))))]);
        return await free.UsedAsync(award);
    }

    private static async Task<(FreePlaceWorld Free, IReadOnlyList<Guid> Applications, Guid Award)> ToMeetAsync(TestApp own, bool isGuarded)
    {
        var free = await FreePlaceWorld.MakeAsync(own);
        await free.PublishAsync(policy => policy.PlacesPerOrganisation = 5);
        var (award, _, _) = await free.AwardAsync("Open Hands");
        if (!isGuarded)
        {
            await own.Database.Owner().CreateCommand("alter table free_place_awards drop constraint ck_free_place_awards_places").ExecuteNonQueryAsync(Token);
        }

        return (free, await ApplicationsAsync(free, Meeting, _ => "Open Hands"), award);
    }

    private static async Task<int> MeetAtAwardAsync(TestApp own)
    {
        var free = await FreePlaceWorld.MakeAsync(own);
        await free.PublishAsync(policy => policy.PlacesPerOrganisation = 2);
        var (award, _, _) = await free.AwardAsync("Open Hands");
        var runs = await RunsAsync(free);
        await Gate.MeetAtRowAsync(
            own.Database, "free_place_awards", award,
            [.. runs.Select(run => (Func<Task>)(() => free.World.BookPlace.RunAsync(free.UnderAward(run, award, $"{run:N}@m.example"), Token)))]);
        return await free.UsedAsync(award);
    }

    private static async Task<IReadOnlyList<Guid>> ApplicationsAsync(FreePlaceWorld free, int count, Func<int, string> organisation)
    {
        List<Guid> applications = [];
        for (var one = 0; one < count; one++)
        {
            applications.Add((await free.ApplyAsync(await free.World.RunAsync(capacity: 5), organisation(one), $"p{one}@r.example")).Application);
        }

        return applications;
    }

    private static async Task<IReadOnlyList<Guid>> RunsAsync(FreePlaceWorld free)
    {
        List<Guid> runs = [];
        for (var one = 0; one < Meeting; one++)
        {
            runs.Add(await free.World.RunAsync(capacity: 5));
        }

        return runs;
    }

    private static async Task<int> TakenAsync(FreePlaceWorld free, IReadOnlyList<Guid> runs)
    {
        var taken = 0;
        foreach (var run in runs)
        {
            taken += await free.World.PlacesTakenAsync(run);
        }

        return taken;
    }
}
