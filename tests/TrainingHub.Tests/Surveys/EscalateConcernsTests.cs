using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A concern that nobody acknowledges reaches the next one, by the clock.</summary>
public sealed class EscalateConcernsTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Lead = "lead@partnership.example", Deputy = "deputy@partnership.example", OnCall = "oncall@partnership.example";
    private readonly TestApp app = new(databases);
    private ConcernWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    // London times; 24 December 2026 is a Thursday, the 25th and the 28th are bank holidays.
    [Theory]
    [InlineData("2026-12-21T10:00:00Z", "2026-12-21T14:00:00Z")]
    [InlineData("2026-12-21T15:00:00Z", "2026-12-21T17:00:00Z")]
    [InlineData("2026-12-21T16:50:00Z", "2026-12-21T17:20:00Z")]
    [InlineData("2026-12-21T17:00:00Z", "2026-12-21T21:00:00Z")]
    [InlineData("2026-12-26T23:00:00Z", "2026-12-27T03:00:00Z")]
    [InlineData("2026-12-28T15:00:00Z", "2026-12-28T19:00:00Z")]
    [InlineData("2026-06-01T14:00:00Z", "2026-06-01T16:00:00Z")]
    public void Deputy_IsDueWithinTheWorkingDay(string raised, string due) => Assert.Equal(
        DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture),
        ConcernTimes.DeputyAt(DateTimeOffset.Parse(raised, System.Globalization.CultureInfo.InvariantCulture), new(), new WaitingListOptions()));

    [Fact]
    public async Task NotAcknowledged_DeputyThenOnCallAreToldOnce()
    {
        await SetAsync(Deputy, OnCall);
        var raised = await world.RaisedAsync();

        await app.RunJobAsync(nameof(EscalateConcerns));
        Assert.Equal([$"survey-concern {Lead}"], await world.ToldAsync(raised));
        app.Clock.Advance(TimeSpan.FromHours(5));
        await app.RunJobAsync(nameof(EscalateConcerns));
        await app.RunJobAsync(nameof(EscalateConcerns));
        Assert.Equal([$"survey-concern {Lead}", $"concern-waits {Deputy}"], await world.ToldAsync(raised));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(app.RunJobAsync(nameof(EscalateConcerns)), app.RunJobAsync(nameof(EscalateConcerns)));
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.RunJobAsync(nameof(EscalateConcerns));

        Assert.Equal([$"survey-concern {Lead}", $"concern-waits {Deputy}", $"concern-waits {OnCall}"], await world.ToldAsync(raised));
        var seen = (await (await app.BrowseAsStaffAsync()).GetAsync("/staff")).Main;
        Assert.Contains("the deputy was told", seen);
    }

    [Fact]
    public async Task Acknowledged_NobodyElseIsTold()
    {
        await SetAsync(Deputy, OnCall);
        var raised = await world.RaisedAsync();
        var lead = await world.ActorAsync("Lena Lead");

        Assert.True(await app.WithAsync((HandleConcern handle) => handle.AcknowledgeAsync(raised.Id, lead, Ct)));
        Assert.False(await app.WithAsync((HandleConcern handle) => handle.AcknowledgeAsync(raised.Id, lead, Ct)));
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.RunJobAsync(nameof(EscalateConcerns));

        Assert.Single(await world.ToldAsync(raised));
        Assert.Equal(0, await new SurveyWorld(app).CountAsync("concern_alerts where state = 'Due'"));
    }

    [Fact]
    public async Task AddressesMissing_TheNextKnownIsTold()
    {
        await SetAsync(null, OnCall);
        var first = await world.RaisedAsync();
        app.Clock.Advance(TimeSpan.FromHours(5));
        await app.RunJobAsync(nameof(EscalateConcerns));
        await SetAsync(null, null);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunJobAsync(nameof(EscalateConcerns));

        var told = await world.ToldAsync(first);
        Assert.Equal($"concern-waits {OnCall}", told[1]);
        Assert.Equal("concern-waits training@partnership.example", told[2]);
    }

    [Fact]
    public async Task RaisedByAnOlderBuild_IsTakenOver()
    {
        var surveys = new SurveyWorld(app);
        var (place, comment, _) = await world.WrittenAsync();
        var staff = await app.Given.StaffAsync();
        await surveys.DoAsync($"update survey_comments set state = 'Concern', read_at = created_at, read_by_id = '{staff}' where id = '{comment}'");

        await app.RunJobAsync(nameof(EscalateConcerns));
        await app.RunJobAsync(nameof(EscalateConcerns));

        Assert.Equal(1, await surveys.CountAsync($"concerns where comment_id = '{comment}' and raised_by_id = '{staff}' and held_response_id is not null"));
        Assert.Equal(1, await surveys.CountAsync($"legal_holds where place_id = '{place.PlaceId}'"));
    }

    private Task<bool> SetAsync(string? deputy, string? onCall) => app.WithAsync(async (SaveSettings save) =>
    {
        var version = await app.WithAsync((TrainingHubDb db) => SaveSettings.VersionAsync(db, SettingGroup.Urgent, Ct));
        return await save.RunAsync(
            SettingGroup.Urgent, version,
            [
                new(SettingName.SafeguardingLeadEmail, "Lead", "-", Lead),
                new(SettingName.ConcernDeputyEmail, "Deputy", "-", deputy ?? ""),
                new(SettingName.ConcernOnCallEmail, "On call", "-", onCall ?? ""),
            ],
            Actor.CommandLine, Ct);
    });
}
