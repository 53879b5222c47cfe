using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Everybody on a date moves to another one and the date is cancelled: whole or not at all, each told once, no money moved that need not.</summary>
public sealed class MergeDatesTests(PayApp app) : IClassFixture<PayApp>
{
    private const string Reason = "Too few people had booked this date.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BookingWorld World => app.World;

    [Fact]
    public async Task Merge_PaidInvoicedAndWaiting_MovesAllWithTheirMoneyAndTellsEachOnce()
    {
        var (from, to) = await DatesAsync();
        var paid = await app.PaidAsync(from);
        var invoiced = (await World.BookAsync(from, "ina@merge.example")).Id;
        await app.Given.WaitingAsync(from, "Willa Waits", "willa@merge.example");

        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "3-0-1"));
        Assert.Equal(MergeDatesResult.AlreadyCancelled, await MergeAsync(from, to, "3-0-1"));
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();

        Assert.Equal((0, 0, 3, 3), (await World.PlacesTakenAsync(from), await World.LivePlacesAsync(from), await World.PlacesTakenAsync(to), await World.LivePlacesAsync(to)));
        Assert.Equal((BookingState.Confirmed, BookingState.Confirmed), ((await app.BookingAsync(paid)).State, (await app.BookingAsync(invoiced)).State));
        Assert.Equal((11000, 0), (await app.PaidPenceAsync(paid), (await app.RefundsAsync(paid)).Count));
        Assert.Equal((3, 2), (await MailsAsync(paid, "date-moved"), await MailsAsync(invoiced, "date-moved")));
        Assert.Equal((0, 0), (await MailsAsync(paid, "date-cancelled"), await MailsAsync(paid, "your-place-cancelled")));
        Assert.Equal(1, await World.CountAsync(
            "select count(*) from outgoing_emails where kind = 'waited-date-changed' and to_address = 'willa@merge.example' and model ->> 'CoursesUrl' like '%' || $1", $"{to}"));
        Assert.Equal(0, await World.CountAsync("select count(*) from waiting_list_entries where run_id = any($1) and state = 'Waiting'", new[] { from, to }));
        Assert.Equal((1, 1, 1), (
            await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Merged into another date'", from),
            await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Took in everybody of another date'", to),
            await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Moved with everybody on its date'", paid)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Merge_SomebodyIsThereAlready_EndsThatPlaceRefundsItAndTellsItsBookerOnce()
    {
        var (from, to) = await DatesAsync();
        await World.BookAsync(to, "ann@twice.example", "cat@twice.example");
        var mixed = await PayForAsync(await app.HeldAsync([from], "ann@twice.example", "ben@twice.example"));
        var whole = (await World.BookAsync(from, "cat@twice.example")).Id;

        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "1-2-0"));
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();

        Assert.Equal((0, 3, 3), (await World.LivePlacesAsync(from), await World.LivePlacesAsync(to), await World.PlacesTakenAsync(to)));
        Assert.Equal((BookingState.Confirmed, BookingState.Cancelled), ((await app.BookingAsync(mixed)).State, (await app.BookingAsync(whole)).State));
        Assert.Equal(5500, Assert.Single(await app.RefundsAsync(mixed)).AmountPence);
        var reference = (await app.BookingAsync(mixed)).Reference;
        Assert.Equal(1, await World.CountAsync(
            "select count(*) from outgoing_emails where about = $1 and model ->> 'Ended' like '%already. The place in this booking has ended. £55 goes back%'", reference));
        Assert.Equal((2, 0, 1), (await MailsAsync(mixed, "date-moved"), await MailsAsync(mixed, "date-cancelled"), await MailsAsync(mixed, "your-place-cancelled")));
        Assert.Equal((1, 1), (await MailsAsync(whole, "date-cancelled"), await MailsAsync(whole, "your-place-cancelled")));
        Assert.Equal(1, await World.CountAsync("select count(*) from outgoing_emails where kind = 'invoices-to-check' and model ->> 'Url' like '%' || $1", $"{from}"));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Merge_WhereItMayNotBe_LeavesEverythingAsItWas()
    {
        var (from, to) = await DatesAsync(capacity: 3);
        var other = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (elsewhere, begun) = (await other.RunAsync(capacity: 9), await World.RunAsync(capacity: 9, TimeSpan.FromDays(-1)));
        var booking = await World.BookAsync(from, "one@refused.example", "two@refused.example");
        await World.BookAsync(to, "first@refused.example", "second@refused.example");
        var sent = await MailsAsync(booking.Id, "date-moved");

        Assert.Equal(MergeDatesResult.Full, await MergeAsync(from, to, "2-0-0"));
        Assert.Equal(MergeDatesResult.ChangedMeanwhile, await MergeAsync(from, to, "1-0-0"));
        Assert.Equal(MergeDatesResult.NotOffered, await MergeAsync(from, elsewhere, "2-0-0"));
        Assert.Equal(MergeDatesResult.NotOffered, await MergeAsync(from, begun, "2-0-0"));
        Assert.Equal(MergeDatesResult.NotOffered, await MergeAsync(from, from, "2-0-0"));
        Assert.Equal(MergeDatesResult.Begun, await MergeAsync(begun, to, "0-0-0"));
        Assert.Equal(MergeDatesResult.NotFound, await MergeAsync(Guid.NewGuid(), to, "0-0-0"));

        Assert.Equal((2, 2, 2, 2), (await World.PlacesTakenAsync(from), await World.LivePlacesAsync(from), await World.PlacesTakenAsync(to), await World.LivePlacesAsync(to)));
        Assert.Equal(sent, await MailsAsync(booking.Id, "date-moved"));
        Assert.Equal(0, await World.CountAsync("select count(*) from undoable_acts where subject_id = $1", from));
    }

    [Fact]
    public async Task Merge_PlacesThatTheWaitingListThereIsOwed_AreNotTaken()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        var (from, to) = (await world.Bookings.RunAsync(capacity: 9), await world.Bookings.RunAsync(capacity: 3, TimeSpan.FromDays(40)));
        await world.Bookings.BookAsync(from, "one@owed.example");
        await world.Bookings.BookAsync(to, "two@owed.example");
        var group = await world.JoinAsync(to, "Gina", places: 3);

        Assert.Equal(MergeDatesResult.Full, await MergeAsync(from, to, "1-0-0"));
        await app.WithAsync<LeaveWaitingList, bool>(leave => leave.RunAsync(group, Token));
        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "1-0-0"));

        Assert.Equal((0, 2), (await world.Bookings.LivePlacesAsync(from), await world.Bookings.LivePlacesAsync(to)));
    }

    [Fact]
    public async Task Merge_WhileACardPaymentIsAwaited_IsRefusedUntilItIsPaid()
    {
        var (from, to) = await DatesAsync();
        var held = await app.HeldAsync(from, places: 1);

        Assert.Equal(MergeDatesResult.BeingPaid, await MergeAsync(from, to, "1-0-0"));
        await PayForAsync(held);
        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "1-0-0"));

        Assert.Equal((0, 1, 5500), (await World.LivePlacesAsync(from), await World.LivePlacesAsync(to), await app.PaidPenceAsync(held)));
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    [Fact]
    public async Task Merge_UndecidedAndUnnamed_MoveAsTheyAre()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (from, to) = await DatesAsync();
        var (applied, application) = await free.ApplyAsync(from, $"Toddlers {Guid.NewGuid():N}", "free@merge.example");
        var request = World.Request(from, "named@merge.example");
        var later = (await World.BookPlace.RunAsync(request with { Dates = [request.Dates[0] with { Unnamed = 2 }] }, Token)).Booking!;
        await World.ExecuteAsync("update places set name_asked_at = created_at where booking_id = $1 and awaits_name", later.Id);

        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "4-0-0"));

        Assert.Equal((BookingState.Held, 4, 0), ((await app.BookingAsync(applied.Id)).State, await World.LivePlacesAsync(to), await World.LivePlacesAsync(from)));
        Assert.Equal(2, await World.CountAsync("select count(*) from places where run_id = $1 and awaits_name and name_asked_at is null", to));
        Assert.Equal(DecideResult.Decided, await free.ApproveAsync(application));
        Assert.Equal((BookingState.Confirmed, 4), ((await app.BookingAsync(applied.Id)).State, await World.LivePlacesAsync(to)));
    }

    [Fact]
    public async Task Moved_UntilTheirOwnChoice_CancelOrChangeAtNoCharge()
    {
        var (from, to, third) = (await app.RunAsync(capacity: 9), await app.RunAsync(capacity: 9, days: 3), await app.RunAsync(capacity: 9, days: 4));
        var booking = await app.PaidAsync(from, places: 1);
        var late = await app.PaidAsync(to, places: 1);

        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "1-0-0"));

        Assert.Equal((0, 5500), (await DueAsync(booking), await DueAsync(late)));
        var cancel = await app.Browse().GetAsync(BookingUrls.PrivateLink(await app.LinkAsync(Booking.LinkPurpose, booking)));
        Assert.Contains("If it does not suit, choose another date or cancel, at no charge.", cancel.Main, StringComparison.Ordinal);
        Assert.Equal(ChooseDateResult.NotOffered, await app.WithAsync((ChooseDate choose) => choose.RunAsync(late, to, third, Token)));
        Assert.Equal(ChooseDateResult.Moved, await app.WithAsync((ChooseDate choose) => choose.RunAsync(booking, to, third, Token)));
        Assert.Equal(5500, await DueAsync(booking));
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    [Fact]
    public async Task Undo_WithinTheHold_BringsEverybodyBackAndTellsNobody()
    {
        var (from, to) = await DatesAsync();
        await World.BookAsync(to, "ann@undone.example");
        var paid = await PayForAsync(await app.HeldAsync([from], "ann@undone.example", "ben@undone.example"));
        await app.Given.WaitingAsync(from, "Willa Waits", "willa@undone.example");
        await app.SendAsync();
        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "1-1-1"));
        var act = await app.ActAsync(from);
        await RunMoneyJobsAsync();
        await app.SendAsync();
        Assert.Equal((4, 0), await app.EmailsOfAsync(act));

        Assert.Null(await app.UndoAsync(act));
        Assert.Equal((0, 0), await app.EmailsOfAsync(act));
        Assert.Equal(UndoRefusal.UndoneBefore, (await app.UndoAsync(act))!.Why);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await RunMoneyJobsAsync();

        Assert.Equal((2, 2, 1, 1), (await World.PlacesTakenAsync(from), await World.LivePlacesAsync(from), await World.PlacesTakenAsync(to), await World.LivePlacesAsync(to)));
        Assert.Equal((11000, 0, 0), (await app.PaidPenceAsync(paid), (await app.RefundsAsync(paid)).Count, await MailsAsync(paid, "date-moved")));
        Assert.Equal(1, await World.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", from));
        Assert.Equal(0, await World.CountAsync("select count(*) from places where booking_id = $1 and moved_by_us_at is not null", paid));
        Assert.Equal((1, 1), (
            await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Undone: took in everybody of another date'", to),
            await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Undone: moved with everybody on its date'", paid)));
        Assert.Equal(MergeDatesResult.Merged, await MergeAsync(from, to, "1-1-1"));
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    [Fact]
    public async Task Undo_OnceSomebodyHasChangedTheirBookingOrWasTold_IsRefused()
    {
        var (from, to) = await DatesAsync();
        var (other, there) = await DatesAsync();
        var (mover, told) = (await World.BookAsync(from, "mover@late.example", "more@late.example"), await World.BookAsync(other, "told@late.example"));
        await app.SendAsync();
        Assert.Equal((MergeDatesResult.Merged, MergeDatesResult.Merged), (await MergeAsync(from, to, "2-0-0"), await MergeAsync(other, there, "1-0-0")));
        var (changed, sent) = (await app.ActAsync(from), await app.ActAsync(other));
        var place = (await app.LivePlacesAsync(mover.Id))[0];
        await app.WithAsync<CancelBooking>(cancel => cancel.RunAsync(mover.Id, place, Token));

        var byBooker = await app.UndoAsync(changed);
        app.Clock.Advance(UndoableAct.Hold);
        await app.SendAsync();
        var byMail = await app.UndoAsync(sent);

        Assert.Equal("Somebody who was moved has changed their booking since.", byBooker!.Words);
        Assert.Equal(UndoRefusal.EmailsSent, byMail!.Why);
        Assert.Equal((1, 1), (await World.LivePlacesAsync(to), (await app.LivePlacesAsync(told.Id)).Count));
    }

    [Fact]
    [Trait("Suite", "Faults")]
    public async Task Merge_KilledAtEveryStep_IsDoneOnceOrNotAtAll()
    {
        var (from, to) = await DatesAsync();
        await World.BookAsync(to, "ann@killed.example");
        var mixed = await PayForAsync(await app.HeldAsync([from], "ann@killed.example", "ben@killed.example"));
        await World.BookAsync(from, "cat@killed.example", "dan@killed.example");
        await app.Given.WaitingAsync(from, "Willa Waits", "willa@killed.example");

        var deaths = await Killed.AtEveryStepAsync(
            () => MergeAsync(from, to, "3-1-1"),
            async () => Assert.Equal((4, 4, 1, 0), (
                await World.PlacesTakenAsync(from), await World.LivePlacesAsync(from), await World.LivePlacesAsync(to), await MailsAsync(mixed, "date-moved"))));

        Assert.True(deaths > 12, $"It died {deaths} times.");
        Assert.Equal((0, 4, 4), (await World.LivePlacesAsync(from), await World.LivePlacesAsync(to), await World.PlacesTakenAsync(to)));
        Assert.Equal(2, await MailsAsync(mixed, "date-moved"));
        app.Clock.Advance(UndoableAct.Hold);
        await RunMoneyJobsAsync();
        await app.CheckAsync();
    }

    private async Task<(Guid From, Guid To)> DatesAsync(int capacity = 10) => (await app.RunAsync(capacity: 10), await app.RunAsync(capacity, days: 40));

    private async Task<MergeDatesResult> MergeAsync(Guid from, Guid to, string seen)
    {
        var by = new Actor(await app.StaffAsync(), "Cora Coordinator");
        return await app.WithAsync<MergeDates, MergeDatesResult>(merge => merge.RunAsync(new(from, to, Reason, seen), by, Token));
    }

    private async Task<Guid> PayForAsync(Guid booking)
    {
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    private Task<int> DueAsync(Guid booking) => app.WithAsync(async (TrainingHubDb db) => (await CancelSums.ReadAsync(
        db, await db.Bookings.SingleAsync(one => one.Id == booking, Token), await db.Places.Where(place => place.BookingId == booking).ToListAsync(Token), app.Clock.Now, Token)).DuePence);

    private async Task<int> MailsAsync(Guid booking, string kind) => await World.SentAsync((await app.BookingAsync(booking)).Reference, kind);

    private async Task RunMoneyJobsAsync()
    {
        await app.RunJobAsync(nameof(RefundCancelledDates));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(SendRefunds));
        await app.RunJobAsync(nameof(IssueInvoices));
    }
}
