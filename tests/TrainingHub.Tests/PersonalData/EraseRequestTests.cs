using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.People;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>Erasing what a request asks for: once, not what a coming date needs, and again after a restore.</summary>
public sealed class EraseRequestTests(TestDatabase databases, TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_TwiceAtOnce_IsDoneOnce()
    {
        var (request, address) = await AskAsync();

        Assert.Equal([EraseResult.Erased, EraseResult.ErasedBefore], await MeetAsync(() => EraseAsync(request)));
        Assert.Equal(1, await AnswersAsync(address));
    }

    [Fact]
    public async Task Erase_WithoutTheLock_IsDoneTwiceWhenTheyMeet()
    {
        var (request, _) = await AskAsync();

        Assert.Equal([EraseResult.Erased, EraseResult.Erased], await MeetAsync(() => Unguarded.WithoutRowLocksAsync(() => EraseAsync(request))));
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.CountAsync(entry => entry.RecordId == request && entry.Act == "Erased", Ct)));
    }

    [Fact]
    public async Task Erase_WithoutTheLockInSequence_IsDoneOnce()
    {
        var (request, address) = await AskAsync();

        Assert.Equal(EraseResult.Erased, await Unguarded.WithoutRowLocksAsync(() => EraseAsync(request)));
        Assert.Equal(EraseResult.ErasedBefore, await Unguarded.WithoutRowLocksAsync(() => EraseAsync(request)));
        Assert.Equal(1, await AnswersAsync(address));
    }

    [Fact]
    public async Task Erase_WithAComingPlace_WaitsForItAndThenErasesTheRest()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var mark = Guid.NewGuid().ToString("N")[..8];
        var booked = await world.BookAsync(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(3)), $"coming-{mark}@e1.example");
        var person = await PersonAsync($"coming-{mark}@e1.example");
        var wish = await app.Given.DateWishAsync(world.Course, $"coming-{mark}@e1.example");
        var request = await AskAsync($"coming-{mark}@e1.example", new HeldRecord(HeldKind.Person, person), new HeldRecord(HeldKind.DateWish, wish));

        Assert.Equal(EraseResult.StillNeeded, await EraseAsync(request));
        Assert.Equal(EraseResult.Erased, await EraseAsync(request, leaveNeeded: true));

        Assert.Equal((1, 0), (await world.CountAsync("select count(*) from people where id = $1", person), await world.CountAsync("select count(*) from date_wishes where id = $1", wish)));
        var waiting = await RequestAsync(request);
        Assert.Equal((true, $"coming-{mark}@e1.example"), (waiting.IsOpen, waiting.Email));
        Assert.Equal(London.DateOf(app.Clock.Now.AddDays(3)).AddDays(1), waiting.LaterOn);
        app.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(EraseResult.Erased, await EraseAsync(request));

        Assert.Equal(0, await world.CountAsync("select count(*) from people where id = $1", person));
        Assert.Equal(1, await world.CountAsync("select count(*) from live_places where booking_id = $1 and delegate_name is null and price_pence = 5500", booked.Id));
        Assert.Equal((false, null), ((await RequestAsync(request)).IsOpen, (await RequestAsync(request)).Email));
        await app.RunJobAsync("IssueInvoices");
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.GetUtcNow(), Ct), line => line is { Broken: > 0, IsWarning: false });
    }

    [Fact]
    public async Task Erase_BookedAgainSinceThePlan_ErasesNothing()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var address = $"again-{Guid.NewGuid():N}@e1.example";
        await world.BookAsync(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(3)), address);
        var person = await PersonAsync(address);
        app.Clock.Advance(TimeSpan.FromDays(4));
        var plan = await app.WithAsync((TrainingHubDb db) => ErasurePlan.ReadAsync(db, [new(HeldKind.Person, person)], app.Clock.Now, Ct));
        await world.BookAsync(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(3)), address);

        var isErased = await app.WithAsync(async (IServiceProvider services) =>
        {
            await using var transaction = await services.GetRequiredService<TrainingHubDb>().Database.BeginTransactionAsync(Ct);
            return await services.GetRequiredService<EraseHeld>().RunAsync(plan.Held, Actor.CommandLine, Ct);
        });

        Assert.False(isErased);
        Assert.Equal(1, await world.CountAsync("select count(*) from people where id = $1", person));
    }

    [Fact]
    public async Task Erase_AddressThatAColleagueHasToo_LeavesTheColleague()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var address = $"office-{mark}@e2.example";
        var (goes, stays) = (await app.Given.PersonAsync("Gale Goes", address), await app.Given.PersonAsync("Stan Stays", address));
        var email = await app.Given.EmailAsync(address, new TrainingHub.Emails.TestMessageEmail("Stan Stays", "3 March 2027"));
        var request = await AskAsync(address, new HeldRecord(HeldKind.Person, goes.Id));

        Assert.Equal(EraseResult.Erased, await EraseAsync(request));

        Assert.Equal([stays.Id], await app.WithAsync((TrainingHubDb db) => db.People.Where(one => one.EmailKey == address).Select(one => one.Id).ToListAsync(Ct)));
        Assert.Equal(address, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(one => one.Id == email.Id).Select(one => one.ToAddress).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Erase_BeforeTheAskerIsIdentified_IsRefused()
    {
        var (person, request) = (await app.Given.PersonAsync("Una Unknown", $"una-{Guid.NewGuid():N}@e3.example"), Guid.CreateVersion7());
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(request, DataRequestKind.Erasure, person.Name, person.Email, null, null, null, London.DateOf(app.Clock.Now), person.Id), Actor.CommandLine, Ct));

        Assert.Equal(EraseResult.NotIdentified, await EraseAsync(request));
        await app.WithAsync((KeepRequest keep) => keep.IdentifyAsync(request, "Rang back", Actor.CommandLine, Ct));
        Assert.Equal(EraseResult.Erased, await EraseAsync(request));
    }

    [Fact]
    public async Task Erase_WhenAllOfItIsNeeded_IsLeftOnceUntilTheDate()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var address = $"all-{Guid.NewGuid():N}@e6.example";
        await world.BookAsync(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(3)), address);
        var request = await AskAsync(address, new HeldRecord(HeldKind.Person, await PersonAsync(address)));

        Assert.Equal(EraseResult.StillNeeded, await EraseAsync(request));
        Assert.Equal(EraseResult.Erased, await EraseAsync(request, leaveNeeded: true));
        Assert.Equal(EraseResult.ErasedBefore, await EraseAsync(request, leaveNeeded: true));

        Assert.Equal(1, await AnswersAsync(address));
        Assert.NotEqual(Guid.Empty, await PersonAsync(address));
    }

    // The list is kept elsewhere; the backup of before knows the person again.
    [Fact]
    public async Task Erasures_GivenBackAfterARestore_AreDoneAgain()
    {
        var person = await app.Given.PersonAsync("Rhoda Restored", $"rhoda-{Guid.NewGuid():N}@e4.example");
        await EraseAsync(await AskAsync(person.Email, new HeldRecord(HeldKind.Person, person.Id)));
        await using var restored = new TestApp(await databases.CreateAsync());
        _ = restored.Services;
        await restored.Given.AddAsync(Given.NewPerson(person.Name, person.Email, restored.Clock.Now, person.Id));
        var file = Path.Combine(app.DataFolder, "erasures.csv");
        var erased = await app.WithAsync((TrainingHubDb db) => db.ErasedRecords.Where(one => one.RecordId == person.Id).SingleAsync(Ct));
        await File.WriteAllTextAsync(file, $"2026-11-03T09:00:00Z,{erased.Kind},{erased.RecordId}\n", Ct);

        Assert.Equal(0, await restored.WithAsync((ErasuresVerb verb) => verb.RunAsync([file], Ct)));
        Assert.Equal(0, await restored.WithAsync((ErasuresVerb verb) => verb.RunAsync([file], Ct)));

        Assert.Equal(0, await restored.WithAsync((TrainingHubDb db) => db.People.CountAsync(one => one.Id == person.Id, Ct)));
        Assert.Equal(1, await restored.WithAsync((TrainingHubDb db) => db.ErasedRecords.CountAsync(one => one.RecordId == person.Id, Ct)));
    }

    [Fact]
    public async Task Requests_TwoYearsAfterTheAnswer_AreGone()
    {
        await using var other = new TestApp(await databases.CreateAsync());
        var request = Guid.CreateVersion7();
        await other.WithAsync((RecordRequest record) => record.RunAsync(
            new(request, DataRequestKind.Correction, "Cora Correct", null, "By post", null, null, London.DateOf(other.Clock.Now), null), Actor.CommandLine, Ct));
        await other.WithAsync((KeepRequest keep) => keep.AnswerAsync(request, "Corrected", finding: null, tell: true, Actor.CommandLine, Ct));
        var end = other.Clock.Now.AddYears(2);

        other.Clock.Advance(end.AddDays(-1) - other.Clock.Now);
        Assert.Equal(0, await other.RunJobAsync(nameof(ForgetRequests)));
        other.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await other.RunJobAsync(nameof(ForgetRequests)));
    }

    private Task<EraseResult> EraseAsync(Guid request, bool leaveNeeded = false) => app.WithAsync((EraseRequest erase) => erase.RunAsync(request, leaveNeeded, Actor.CommandLine, Ct));

    private Task<DataRequest> RequestAsync(Guid id) => app.WithAsync((TrainingHubDb db) => db.DataRequests.AsNoTracking().SingleAsync(one => one.Id == id, Ct));

    private Task<int> AnswersAsync(string address) => app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.ToAddress == address && email.Kind == "data-request-answered", Ct));

    private Task<Guid> PersonAsync(string email) => app.WithAsync((TrainingHubDb db) => db.People.Where(person => person.Email == email).Select(person => person.Id).SingleAsync(Ct));

    private async Task<(Guid Request, string Address)> AskAsync()
    {
        var person = await app.Given.PersonAsync("Sam Same", $"race-{Guid.NewGuid():N}@e5.example");
        return (await AskAsync(person.Email, new HeldRecord(HeldKind.Person, person.Id)), person.Email);
    }

    private async Task<Guid> AskAsync(string address, params HeldRecord[] records)
    {
        var request = Guid.CreateVersion7();
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(request, DataRequestKind.Erasure, "Sam Same", address, null, null, "Rang back", London.DateOf(app.Clock.Now), null), Actor.CommandLine, Ct));
        await app.WithAsync((KeepRequest keep) => keep.TickAsync(request, records, [], Actor.CommandLine, Ct));
        return request;
    }

    private async Task<EraseResult[]> MeetAsync(Func<Task<EraseResult>> erase)
    {
        var results = new List<EraseResult>();
        await Gate.MeetAsync(app.Database, "places", 2, async () =>
        {
            var result = await erase();
            lock (results)
            {
                results.Add(result);
            }
        });
        return [.. results.Order()];
    }
}
