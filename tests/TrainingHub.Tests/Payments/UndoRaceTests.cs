using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Undo against whatever would carry the act out: either it is undone and nothing leaves, or it has left and undo is refused.</summary>
public sealed partial class UndoRaceTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BookingWorld World => app.World;

    [Fact]
    public async Task EmailClaimedWhileUndoIsUnderWay_IsSentAndUndoIsRefused()
    {
        var (refused, tried, _) = await EmailGoesFirstAsync(act => act());

        Assert.True(tried > 0);
        Assert.Equal(UndoRefusal.EmailsSent, refused?.Why);
        await app.CheckAsync();
    }

    /// <summary>The twin: undo takes an email out of the queue without asking whether a sender has it.</summary>
    [Fact]
    public async Task EmailClaimedWhileUndoIsUnderWay_WithoutTheGuard_IsSentAndUndone()
    {
        var (refused, tried, live) = await EmailGoesFirstAsync(act => Unguarded.InsteadAsync(NotTried(), "", act));

        Assert.True(tried > 0);
        Assert.Null(refused);
        Assert.Equal(2, live);
    }

    [Fact]
    public async Task UndoUnderWayWhenTheSenderComes_NothingIsSent()
    {
        var (booking, act) = await CancelledAsync();
        var (tried, refused) = (0, (UndoRefused?)UndoRefused.Gone);

        await Gate.OvertakeAsync(
            app.Database, "history_entries", async () => refused = await app.UndoAsync(act), async () => tried = await app.SendAsync());

        Assert.Null(refused);
        Assert.Equal((0, 0), (tried, await app.SendAsync()));
        Assert.Equal(2, (await app.LivePlacesAsync(booking)).Count);
        await app.CheckAsync();
    }

    [Fact]
    public async Task UndoUnderWayWhenTheRefundIsSent_StripeIsNotAsked()
    {
        var (booking, act) = await CancelledAsync();

        var refused = await RefundComesAsync(act, send => send());

        Assert.Null(refused);
        Assert.Equal(RefundState.Undone, Assert.Single(await app.RefundsAsync(booking)).State);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    /// <summary>The twin: the sender marks the refund as tried without asking whether it is still due.</summary>
    [Fact]
    public async Task UndoUnderWayWhenTheRefundIsSent_WithoutTheGuard_StripeIsAsked()
    {
        var (booking, act) = await CancelledAsync();

        var refused = await RefundComesAsync(act, send => Unguarded.InsteadAsync(StillDue(), "", send));

        Assert.Null(refused);
        Assert.Equal(2, (await app.LivePlacesAsync(booking)).Count);
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        // What the twin broke is put right, so that the other tests' audit is theirs.
        await World.ExecuteAsync("update bookings set state = 'Cancelled', cancelled_at = now() where id = $1", booking);
        await World.ExecuteAsync("update course_runs set places_taken = 0 where id in (select run_id from places where booking_id = $1)", booking);
        await World.ExecuteAsync("update places set state = 'Cancelled', ended_at = now() where booking_id = $1", booking);
    }

    /// <summary>The job has found the date's payment, and waits for the date's row.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UndoOfADateUnderWayWhenItsRefundsAreMade_NoneIsMadeByTheRowLockAlone(bool isLocked)
    {
        var run = await app.RunAsync(capacity: 4);
        var booking = await app.PaidAsync(run);
        await app.SendAsync();
        var act = await app.CancelDateAsync(run);
        app.Clock.Advance(UndoableAct.Hold);
        var refused = (UndoRefused?)UndoRefused.Gone;
        Task<int> RefundAsync() => app.RunJobAsync(nameof(RefundCancelledDates));

        await Gate.OvertakeAsync(
            app.Database, "history_entries", async () => refused = await app.UndoAsync(act),
            async () => await (isLocked ? RefundAsync() : Unguarded.WithoutRowLocksAsync(RefundAsync)));

        Assert.Null(refused);
        Assert.Equal(2, await World.LivePlacesAsync(run));
        Assert.Equal(isLocked ? 0 : 1, (await app.RefundsAsync(booking)).Count);
    }

    [Fact]
    public async Task Undo_FourAtOnce_UndoesOnce()
    {
        var (booking, act) = await CancelledAsync();
        var answers = new List<UndoRefused?>();

        await Gate.MeetAsync(app.Database, "history_entries", 4, async () => Note(answers, await app.UndoAsync(act)));

        Assert.Equal([null, UndoRefusal.UndoneBefore, UndoRefusal.UndoneBefore, UndoRefusal.UndoneBefore], answers.Select(answer => answer?.Why).Order());
        Assert.Equal(1, await World.CountAsync("select count(*) from history_entries where record_id = $1 and act like 'Undone%'", booking));
        Assert.Equal(2, (await app.LivePlacesAsync(booking)).Count);
        await app.CheckAsync();
    }

    /// <summary>The twin, of an act that no condition of its own guards: each of them undoes it.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    public async Task UndoReading_FourAtOnce_IsOnceByTheRowLockAlone(bool isLocked, int times)
    {
        await app.Given.CommentsAsync(CommentState.Unread, $"Raced {isLocked}");
        var comment = await app.WithAsync((TrainingHubDb db) => db.SurveyComments.Where(one => one.Text == $"Raced {isLocked}").Select(one => one.Id).SingleAsync(Token));
        var by = new Actor(await app.StaffAsync(), "Cora Coordinator");
        await app.WithAsync((ReviewComment review) => review.MarkReadAsync(comment, by, Token));
        var act = await app.ActAsync(comment);
        var answers = new List<UndoRefused?>();

        await Gate.MeetAsync(app.Database, "history_entries", 4, async () => Note(
            answers, isLocked ? await app.UndoAsync(act) : await Unguarded.WithoutRowLocksAsync(() => app.UndoAsync(act))));

        Assert.Equal(times, answers.Count(answer => answer is null));
    }

    private static void Note(List<UndoRefused?> answers, UndoRefused? answer)
    {
        lock (answers)
        {
            answers.Add(answer);
        }
    }

    private async Task<(Guid Booking, Guid Act)> CancelledAsync()
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 4));
        await app.SendAsync();
        var act = await app.CancelAsync(new(booking, null, CancelMoney.Refund, 11000, "Ill"));
        app.Clock.Advance(UndoableAct.Hold);
        return (booking, act);
    }

    /// <summary>Undo has looked, and waits at a place; the sender takes the emails meanwhile.</summary>
    private async Task<(UndoRefused? Refused, int Tried, int Live)> EmailGoesFirstAsync(Func<Func<Task<UndoRefused?>>, Task<UndoRefused?>> undo)
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 4));
        var place = (await app.LivePlacesAsync(booking))[0];
        await app.SendAsync();
        var act = await app.CancelAsync(new(booking, null, CancelMoney.Later, 11000, null));
        app.Clock.Advance(UndoableAct.Hold);
        var (refused, tried) = ((UndoRefused?)null, 0);
        await Gate.OvertakeAtRowAsync(
            app.Database, "places", place, async () => refused = await undo(() => app.UndoAsync(act)), async () => tried = await app.SendAsync());
        var live = (await app.LivePlacesAsync(booking)).Count;
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        return (refused, tried, live);
    }

    /// <summary>Undo has taken the refund back and not committed; the sender has read before that it is due.</summary>
    private async Task<UndoRefused?> RefundComesAsync(Guid act, Func<Func<Task<int>>, Task<int>> sending)
    {
        var refused = (UndoRefused?)UndoRefused.Gone;
        await Gate.OvertakeAsync(
            app.Database, "history_entries", async () => refused = await app.UndoAsync(act), async () => await sending(() => app.RunJobAsync(nameof(SendRefunds))));
        return refused;
    }

    [GeneratedRegex(@"and attempt_count = 0")]
    private static partial Regex NotTried();

    [GeneratedRegex(@" AND r\.state = 'Due'", RegexOptions.IgnoreCase)]
    private static partial Regex StillDue();
}
