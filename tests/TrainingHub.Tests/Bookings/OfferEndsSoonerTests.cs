using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Staff change a date so that an offer to its waiting list ends before the time that was told.</summary>
public sealed class OfferEndsSoonerTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Ann = "Ann";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DateMoved_BeginsBeforeTheOfferEnds_TellsTheNewTime()
    {
        var (world, run) = await OfferedAsync();

        await ChangeAsync(run, facts => facts.On(facts.RunsOn.AddDays(-10)) with { Start = new(18, 0), End = new(20, 0) });

        Assert.Equal((2, "Monday 2 November 2026 at 6pm"), (await world.MailedAsync(run, Ann, "waiting-offer"), await ToldUntilAsync(world, run)));
        Assert.Equal(1, await world.MailedAsync(run, Ann, "waited-date-changed"));
        Assert.Contains("Monday 2 November 2026 at 6pm", (await app.Browse().GetAsync(await world.PageAsync(run, Ann))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BookingClosesEarlier_TellsTheNewTimeThoughNothingMoves()
    {
        var (world, run) = await OfferedAsync();

        await ChangeAsync(run, facts => facts with { Limits = facts.Limits with { ClosesHoursBefore = (10 * 24) - 6 } });

        Assert.Equal(2, await world.MailedAsync(run, Ann, "waiting-offer"));
        Assert.Equal(0, await world.MailedAsync(run, Ann, "waited-date-changed"));
    }

    [Fact]
    public async Task BookingHasClosedByIt_TellsOnlyThatTheListHasClosed()
    {
        var (world, run) = await OfferedAsync();

        await ChangeAsync(run, facts => facts with { Limits = facts.Limits with { ClosesHoursBefore = 20 * 24 } });
        await world.OfferAsync();

        Assert.Equal((1, 1), (await world.MailedAsync(run, Ann, "waiting-offer"), await world.MailedAsync(run, Ann, "waiting-list-closed")));
    }

    [Fact]
    public async Task OfferEndsBefore_TellsNothingNew()
    {
        var (world, run) = await OfferedAsync();

        await ChangeAsync(run, facts => facts with { Capacity = 5 });

        Assert.Equal(1, await world.MailedAsync(run, Ann, "waiting-offer"));
    }

    /// <summary>At 10 on a Monday, of a date in ten days: the offer lasts until Tuesday at 10.</summary>
    private async Task<(WaitingWorld World, Guid Run)> OfferedAsync()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (run, taken) = await world.FullAsync(startsIn: TimeSpan.FromDays(10));
        await world.JoinAsync(run, Ann);
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        return (world, run);
    }

    private async Task ChangeAsync(Guid run, Func<RunFacts, RunFacts> change)
    {
        var known = RunFacts.Of(await app.WithAsync((TrainingHubDb db) => db.CourseRuns.AsNoTracking().SingleAsync(one => one.Id == run, Token)));
        var outcome = await app.WithAsync((ChangeDate date) => date.RunAsync(run, known.Mark(), change(known), reason: null, WaitingWorld.Staff, Token));
        Assert.Equal(ChangeDateResult.Changed, outcome.Result);
    }

    private static Task<string> ToldUntilAsync(WaitingWorld world, Guid run) => world.Bookings.TextAsync(
        "select model ->> 'Until' from outgoing_emails where to_address = $1 and subject like '%your offer ends sooner%'", $"ann@{run:N}.example");
}
