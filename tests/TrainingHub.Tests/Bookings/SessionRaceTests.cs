using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Who has a place at a conference chooses sessions while everybody else does, or while the place is cancelled.</summary>
public sealed partial class SessionRaceTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private const int People = 200;

    // Each holds a connection while it waits for the others.
    private const int Meeting = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Choose_TwoHundredPeopleAtOnce_OversellsNoSession()
    {
        var run = await EventAsync(app, People);
        GivenSlot[] slots =
        [
            await app.Given.SlotAsync(run.Id, new(10, 0), 40, 70, 90),
            await app.Given.SlotAsync(run.Id, new(11, 0), 66, 67, 67),
            await app.Given.SlotAsync(run.Id, new(12, 0), 20, 30, 150),
        ];
        var places = await PlacesAsync(app, run, People);

        // Everybody wants the first ones, and takes the next where they are told that one is full.
        await Task.WhenAll(places.Select(place => Task.Run(
            async () =>
            {
                var wanted = slots.ToDictionary(slot => slot.Id, slot => 0);
                ChooseSessionsOutcome outcome;
                while ((outcome = await ChooseAsync(app, place, slots.ToDictionary(slot => slot.Id, slot => slot.Sessions[wanted[slot.Id]]))).Result == ChooseSessionsResult.Full)
                {
                    foreach (var full in outcome.FullSlots)
                    {
                        wanted[full]++;
                    }
                }

                Assert.Equal(ChooseSessionsResult.Chosen, outcome.Result);
            },
            Ct)));

        Assert.Equal([40, 70, 90, 66, 67, 67, 20, 30, 150], await TakenAsync(app, [.. slots.SelectMany(slot => slot.Sessions)]));
        Assert.Equal(People * 3, await app.WithAsync((TrainingHubDb db) => db.SessionChoices.CountAsync(choice => slots.Select(slot => slot.Id).Contains(choice.SlotId), Ct)));
    }

    // So closely run that all have looked before anybody writes: the guard looks again, its twin does not.
    [Fact]
    public async Task Choose_AllMeetAtTheSession_SellsExactlyItsPlaces()
    {
        var (places, slot) = await MeetingPlaceAsync(app);

        await MeetAsync(app, places, slot);

        Assert.Equal((5, 5), (await ChosenAsync(app, slot.Sessions[0]), (await TakenAsync(app, [slot.Sessions[0]]))[0]));
    }

    [Fact]
    public async Task Choose_GuardSwitchedOff_OversellsWhenTheyMeetAndHoldsInSequence()
    {
        await using var bare = new TestApp(databases);
        await bare.InitializeAsync();
        await ExecuteAsync(bare.Database, "alter table event_sessions drop constraint ck_event_sessions_places");
        var (places, slot) = await MeetingPlaceAsync(bare);
        var (others, other) = await MeetingPlaceAsync(bare);

        await MeetAsync(bare, places, slot, act => Unguarded.InsteadAsync(Condition(), "", act));
        foreach (var place in others)
        {
            await ChooseAsync(bare, place, new() { [other.Id] = other.Sessions[0] });
        }

        Assert.Equal((Meeting, 5), (await ChosenAsync(bare, slot.Sessions[0]), await ChosenAsync(bare, other.Sessions[0])));
    }

    [Fact]
    public async Task Choose_GuardSwitchedOff_TableStillRefuses()
    {
        var (places, slot) = await MeetingPlaceAsync(app);

        await MeetAsync(app, places, slot, act => Unguarded.InsteadAsync(Condition(), "", act));

        Assert.Equal((5, 5), (await ChosenAsync(app, slot.Sessions[0]), (await TakenAsync(app, [slot.Sessions[0]]))[0]));
    }

    [Fact]
    public async Task Choose_PlaceIsCancelledAtTheSameMoment_LeavesNoChoiceBehind()
    {
        var (places, slot) = await MeetingPlaceAsync(app);

        await Gate.OvertakeAtRowAsync(
            app.Database, "event_sessions", slot.Sessions[0],
            () => ChooseAsync(app, places[0], new() { [slot.Id] = slot.Sessions[0] }),
            () => CancelAsync(app, places[0]));

        Assert.Equal((0, 0), (await ChosenAsync(app, slot.Sessions[0]), (await TakenAsync(app, [slot.Sessions[0]]))[0]));
    }

    /// <summary>The twin: the date's row is not shared with who cancels, so the choice comes after the place has ended, and stays.</summary>
    [Fact]
    public async Task Choose_WithoutTheLocksWhileThePlaceIsCancelled_LeavesAChoiceBehind()
    {
        var (places, slot) = await MeetingPlaceAsync(app);

        await Gate.OvertakeAtRowAsync(
            app.Database, "event_sessions", slot.Sessions[0],
            () => Unguarded.WithoutRowLocksAsync(() => ChooseAsync(app, places[0], new() { [slot.Id] = slot.Sessions[0] })),
            () => CancelAsync(app, places[0]));

        Assert.Equal(1, await ChosenAsync(app, slot.Sessions[0]));
    }

    [Fact]
    public async Task Choose_TwoSwapTheirSessionsAllTheTime_NeverDeadlock()
    {
        var run = await EventAsync(app, 2);
        GivenSlot[] slots = [await app.Given.SlotAsync(run.Id, new(10, 0), 2, 2), await app.Given.SlotAsync(run.Id, new(11, 0), 2, 2)];
        var places = await PlacesAsync(app, run, 2);

        await Task.WhenAll(places.Select((place, person) => Task.Run(
            async () =>
            {
                for (var turn = 0; turn < 40; turn++)
                {
                    var at = (turn + person) % 2;
                    var outcome = await ChooseAsync(app, place, slots.ToDictionary(slot => slot.Id, slot => slot.Sessions[slot == slots[0] ? at : 1 - at]));
                    Assert.Equal(ChooseSessionsResult.Chosen, outcome.Result);
                }
            },
            Ct)));

        Assert.Equal(4, (await TakenAsync(app, [.. slots.SelectMany(slot => slot.Sessions)])).Sum());
    }

    private static async Task<CourseRun> EventAsync(TestApp app, int capacity) => await app.Given.RunAsync(
        (await app.Given.CourseAsync(kind: CourseKind.Conference)).Id, app.Clock.Now.AddDays(30), capacity);

    private static async Task<(IReadOnlyList<Guid> Places, GivenSlot Slot)> MeetingPlaceAsync(TestApp app)
    {
        var run = await EventAsync(app, Meeting);
        return (await PlacesAsync(app, run, Meeting), await app.Given.SlotAsync(run.Id, new(10, 0), 5, null));
    }

    private static async Task<IReadOnlyList<Guid>> PlacesAsync(TestApp app, CourseRun run, int people) =>
        [.. (await app.Given.PlacesAsync(run, [.. Enumerable.Range(0, people).Select(number => new GivenDelegate($"Person {number} {run.Id:N}"))])).Select(made => made.Place.Id)];

    private static Task<ChooseSessionsOutcome> ChooseAsync(TestApp app, Guid place, Dictionary<Guid, Guid> wanted) =>
        app.WithAsync((ChooseSessions choose) => choose.RunAsync(place, wanted, Ct));

    private static Task CancelAsync(TestApp app, Guid place) => app.WithAsync(async (TrainingHubDb db) =>
    {
        var found = await db.Places.AsNoTracking().SingleAsync(one => one.Id == place, Ct);
        await app.WithAsync((CancelBooking cancel) => cancel.GiveUpAsync(found, Ct, 0));
    });

    private static Task MeetAsync(TestApp app, IReadOnlyList<Guid> places, GivenSlot slot, Func<Func<Task<ChooseSessionsOutcome>>, Task<ChooseSessionsOutcome>>? around = null) =>
        Gate.MeetAtRowAsync(app.Database, "event_sessions", slot.Sessions[0], [.. places.Select(place => (Func<Task>)(async () =>
        {
            try
            {
                var act = () => ChooseAsync(app, place, new() { [slot.Id] = slot.Sessions[0] });
                await (around is null ? act() : around(act));
            }
            catch (PostgresException error) when (error.ConstraintName == "ck_event_sessions_places")
            {
                // The table's own word.
            }
        }))]);

    private static Task<int> ChosenAsync(TestApp app, Guid session) =>
        app.WithAsync((TrainingHubDb db) => db.SessionChoices.CountAsync(choice => choice.SessionId == session, Ct));

    private static Task<List<int>> TakenAsync(TestApp app, IReadOnlyList<Guid> sessions) => app.WithAsync(async (TrainingHubDb db) =>
    {
        var taken = await db.EventSessions.Where(session => sessions.Contains(session.Id)).ToDictionaryAsync(session => session.Id, session => session.PlacesTaken, Ct);
        return sessions.Select(session => taken[session]).ToList();
    });

    private static async Task ExecuteAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.Owner().CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Ct);
    }

    [GeneratedRegex(@" and \(capacity is null or places_taken < capacity\)")]
    private static partial Regex Condition();
}
