using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Places that staff cancelled come back with their money while nothing has left, and not once it has.</summary>
public sealed class UndoCancelTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BookingWorld World => app.World;

    [Fact]
    public async Task Undo_OnePlaceWithRefund_TakesSeatMoneyAndEmailsBack()
    {
        var run = await app.RunAsync(capacity: 4);
        var booking = await app.PaidAsync(run);
        await app.SendAsync();
        var place = (await app.LivePlacesAsync(booking))[0];

        var act = await app.CancelAsync(new(booking, place, CancelMoney.Refund, 5500, "Ill"));
        await RunMoneyJobsAsync();
        Assert.Equal(0, await app.SendAsync());
        Assert.Equal((2, 0), await app.EmailsOfAsync(act));
        Assert.Null(await app.UndoAsync(act));
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();

        Assert.Equal((2, 2), ((await app.LivePlacesAsync(booking)).Count, await World.PlacesTakenAsync(run)));
        Assert.Equal(RefundState.Undone, Assert.Single(await app.RefundsAsync(booking)).State);
        Assert.Equal((11000, 0), (await app.PaidPenceAsync(booking), await app.SendAsync()));
        Assert.Equal((0, 0), await app.EmailsOfAsync(act));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        var undone = await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.SingleAsync(entry => entry.RecordId == booking && entry.Act.StartsWith("Undone"), Token));
        Assert.Equal(("Undone: place cancelled", $"The act of {London.Moment(app.Clock.Now - UndoableAct.Hold)}."), (undone.Act, undone.Note));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Undo_MoneyThatWasKept_IsReversedAndCanBeDecidedAnew()
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 4));
        var act = await app.CancelAsync(new(booking, null, CancelMoney.Keep, 11000, "Too late"));

        Assert.Null(await app.UndoAsync(act));
        Assert.Equal((BookingState.Confirmed, 2), ((await app.BookingAsync(booking)).State, (await app.LivePlacesAsync(booking)).Count));
        Assert.Equal(0, await World.CountAsync("select sum(kept_pence) from place_money where booking_id = $1", booking));
        await app.CheckAsync();

        app.Clock.Advance(TimeSpan.FromSeconds(10));
        await app.CancelAsync(new(booking, null, CancelMoney.Refund, 11000, "After all"));
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Undo_PaidBackByHand_IsEnteredAsReturnedOnlyWhileItIsHeld()
    {
        var (one, other) = (await ByHandAsync(), await ByHandAsync());
        var (first, second) = (
            await app.CancelAsync(new(one, null, CancelMoney.Refund, 11000, "Ill")), await app.CancelAsync(new(other, null, CancelMoney.Refund, 11000, "Ill")));

        Assert.Null(await app.UndoAsync(first));
        app.Clock.Advance(UndoableAct.Hold);
        var refused = await app.UndoAsync(second);

        Assert.Equal(UndoRefusal.MoneySent, refused!.Why);
        Assert.StartsWith("£110 was recorded as paid back by hand at ", refused.Words, StringComparison.Ordinal);
        Assert.Equal(11000, await World.CountAsync("select sum(paid_pence - refunded_pence)::int from place_money where booking_id = $1", one));
        Assert.Equal(BookingState.Cancelled, (await app.BookingAsync(other)).State);
        await app.AuditAsync();
    }

    [Fact]
    public async Task Undo_AfterTheEmailsOrTheRefundWentOut_IsRefusedInWords()
    {
        var (told, refunded) = (await app.PaidAsync(await app.RunAsync(capacity: 4)), await app.PaidAsync(await app.RunAsync(capacity: 4)));
        await app.SendAsync();
        var (first, second) = (
            await app.CancelAsync(new(told, (await app.LivePlacesAsync(told))[0], CancelMoney.Later, 5500, null)),
            await app.CancelAsync(new(refunded, null, CancelMoney.Refund, 11000, "Ill")));
        app.Clock.Advance(UndoableAct.Hold);
        await app.RunJobAsync(nameof(SendRefunds));
        var bySum = await app.UndoAsync(second);
        await app.SendAsync();

        var byMail = await app.UndoAsync(first);

        Assert.Equal(UndoRefusal.MoneySent, bySum!.Why);
        Assert.StartsWith("The refund of £110 went to Stripe at ", bySum.Words, StringComparison.Ordinal);
        Assert.Equal(UndoRefusal.EmailsSent, byMail!.Why);
        Assert.StartsWith("The emails went out at ", byMail.Words, StringComparison.Ordinal);
        Assert.Single(await app.LivePlacesAsync(told));
        Assert.Empty(await app.LivePlacesAsync(refunded));
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    /// <summary>What an act wrote is known by its instant, so all of it has to bear the same one.</summary>
    [Fact]
    public async Task Undo_ByAClockThatGoesOn_FindsAllThatTheActDid()
    {
        var (run, other) = (await app.RunAsync(capacity: 6), await app.RunAsync(capacity: 6));
        var (refunded, kept, dated) = (await app.PaidAsync(run), await app.PaidAsync(run), await app.PaidAsync(other));
        app.Clock.Step = TimeSpan.FromMicroseconds(1);
        var acts = new[]
        {
            await app.CancelAsync(new(refunded, null, CancelMoney.Refund, 11000, "Ill")), await app.CancelAsync(new(kept, null, CancelMoney.Keep, 11000, "Ill")),
            await app.CancelDateAsync(other),
        };
        foreach (var act in acts)
        {
            Assert.Null(await app.UndoAsync(act));
        }

        app.Clock.Step = TimeSpan.Zero;
        Assert.Equal((4, 2), (await World.PlacesTakenAsync(run), (await app.LivePlacesAsync(dated)).Count));
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    [Fact]
    public async Task Undo_SeatSoldMeanwhile_IsRefusedAndNothingChanges()
    {
        var run = await app.RunAsync(capacity: 2);
        var booking = await app.PaidAsync(run);
        var act = await app.CancelAsync(new(booking, (await app.LivePlacesAsync(booking))[0], CancelMoney.Refund, 5500, "Ill"));
        await World.BookAsync(run, "next@school.example");

        var refused = await app.UndoAsync(act);

        Assert.Equal(UndoRefused.SeatTaken, refused);
        Assert.Equal((2, 1), (await World.PlacesTakenAsync(run), (await app.LivePlacesAsync(booking)).Count));
        Assert.Equal((2, 0), await app.EmailsOfAsync(act));
        Assert.Equal(RefundState.Due, Assert.Single(await app.RefundsAsync(booking)).State);
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    [Fact]
    public async Task Undo_ChangedSinceTwiceOrTooOld_IsRefused()
    {
        var booking = await app.PaidAsync(await app.RunAsync(capacity: 6), places: 3);
        var places = await app.LivePlacesAsync(booking);
        var first = await app.CancelAsync(new(booking, places[0], CancelMoney.Refund, 5500, "Ill"));
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        var second = await app.CancelAsync(new(booking, places[1], CancelMoney.Refund, 5500, "Ill too"));

        var later = await app.UndoAsync(first);
        Assert.Null(await app.UndoAsync(second));
        Assert.Null(await app.UndoAsync(first));
        var again = await app.UndoAsync(first);
        var unknown = await app.UndoAsync(Guid.NewGuid());

        Assert.Equal(UndoRefusal.ChangedSince, later!.Why);
        Assert.Matches("^Changed since by .+ at .+: place cancelled\\.$", later.Words);
        Assert.Equal((UndoRefusal.UndoneBefore, UndoRefusal.Gone), (again!.Why, unknown!.Why));
        Assert.Equal(3, (await app.LivePlacesAsync(booking)).Count);
        await app.CheckAsync();
        app.Clock.Advance(UndoableAct.KeptFor + TimeSpan.FromHours(1));
        Assert.NotEqual(0, await app.RunJobAsync(nameof(PruneUndo)));
        Assert.Equal(UndoRefusal.Gone, (await app.UndoAsync(first))!.Why);
    }

    [Fact]
    public async Task Undo_BookedAgainOnTheSameDate_IsRefused()
    {
        var run = await app.RunAsync(capacity: 6);
        var booked = await World.BookAsync(run, "twice@school.example");
        var act = await app.CancelAsync(new(booked.Id, null, CancelMoney.Later, 0, null));
        await World.BookAsync(run, "twice@school.example");

        Assert.Equal("The person has another place on the date by now.", (await app.UndoAsync(act))!.Words);
        Assert.Equal(1, await World.PlacesTakenAsync(run));
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    [Fact]
    public async Task UndoDate_PaidInvoicedWaitingAndOneCancelledBefore_RestoresWhatTheActEnded()
    {
        var (run, other) = (await app.RunAsync(capacity: 10), await app.RunAsync(capacity: 10, days: 40));
        var paid = await app.PaidAsync(run);
        var before = await app.CancelAsync(new(paid, (await app.LivePlacesAsync(paid))[0], CancelMoney.Refund, 5500, "Ill"));
        app.Clock.Advance(UndoableAct.Hold);
        var held = await app.HeldAsync(run, 1);
        var order = await World.BookAsync(run, "ina@school.example");
        await app.Given.WaitingAsync(run, "Willa Waits", "willa@school.example");

        var act = await app.CancelDateAsync(run);
        await RunMoneyJobsAsync();
        Assert.Equal(0, await World.LivePlacesAsync(run));
        Assert.Null(await app.UndoAsync(act));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await RunMoneyJobsAsync();

        Assert.Equal((3, 3), (await World.LivePlacesAsync(run), await World.PlacesTakenAsync(run)));
        Assert.Equal(
            (BookingState.Confirmed, BookingState.Held, BookingState.Confirmed),
            ((await app.BookingAsync(paid)).State, (await app.BookingAsync(held)).State, (await app.BookingAsync(order.Id)).State));
        Assert.NotNull((await app.BookingAsync(held)).HeldUntil);
        Assert.Single(await app.LivePlacesAsync(paid));
        Assert.Equal(5500, Assert.Single(await app.RefundsAsync(paid)).AmountPence);
        Assert.Equal(1, await World.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run));
        Assert.Equal((0, 0), await app.EmailsOfAsync(act));
        Assert.NotNull(await app.UndoAsync(before));
        Assert.Equal(0, await World.PlacesTakenAsync(other));
        await app.CheckAsync();
    }

    [Fact]
    public async Task UndoDate_RefundedOrAnotherDateChosen_IsRefused()
    {
        var (run, moved, other) = (await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 4, days: 40));
        var paid = await app.PaidAsync(run);
        var mover = await World.BookAsync(moved, "mover@school.example");
        var (refunded, chosen) = (await app.CancelDateAsync(run), await app.CancelDateAsync(moved, offerOtherDates: true));
        Assert.Equal(ChooseDateResult.Moved, await app.WithAsync((ChooseDate choose) => choose.RunAsync(mover.Id, moved, other, Token)));
        app.Clock.Advance(UndoableAct.Hold);
        await app.RunJobAsync(nameof(RefundCancelledDates));

        var (bySum, byChoice) = (await app.UndoAsync(refunded), await app.UndoAsync(chosen));

        Assert.Equal(UndoRefusal.MoneySent, bySum!.Why);
        Assert.Equal("Somebody who was booked has chosen another date since.", byChoice!.Words);
        Assert.Equal((0, 0, 1), (await World.PlacesTakenAsync(run), await World.PlacesTakenAsync(moved), await World.PlacesTakenAsync(other)));
        await RunMoneyJobsAsync();
        Assert.Equal(0, await app.PaidPenceAsync(paid));
        await app.CheckAsync();
    }

    private async Task<Guid> ByHandAsync()
    {
        var booking = await app.HeldAsync();
        var by = new Actor(await app.StaffAsync(), "Cora Coordinator");
        var taken = new DeskPayment(DeskWay.Cash, 11000, London.DateOf(app.Clock.GetUtcNow()), null);
        Assert.Equal(RecordDeskPaymentResult.Recorded, await app.WithAsync((RecordDeskPayment record) => record.RunAsync(booking, taken, by, Token)));
        return booking;
    }

    private async Task RunMoneyJobsAsync()
    {
        await app.RunJobAsync(nameof(RefundCancelledDates));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(SendRefunds));
        await app.RunJobAsync(nameof(IssueInvoices));
    }
}
