using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The partnership cancels a date: whole or not at all, everybody told once, what was paid refunded once or kept for another date.</summary>
public sealed class CancelledDateTests(PayApp app) : IClassFixture<PayApp>
{
    private const string Reason = "The trainer is ill.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BookingWorld World => app.World;

    [Fact]
    public async Task CancelDate_PaidInvoicedAndWaiting_TellsEachOnceAndRefundsWhatWasPaid()
    {
        var run = await app.RunAsync(capacity: 10);
        var paid = await PaidAsync(run, places: 2);
        var invoiced = (await World.BookAsync(run, "ina@school.example")).Id;
        await app.Given.WaitingAsync(run, "Willa Waits", "willa@school.example");

        Assert.Equal(CancelDateResult.Cancelled, await CancelAsync(run, offerOtherDates: false));
        Assert.Equal(CancelDateResult.AlreadyCancelled, await CancelAsync(run, offerOtherDates: false));
        await RunMoneyJobsAsync();

        Assert.Equal((0, 0), (await World.PlacesTakenAsync(run), await World.LivePlacesAsync(run)));
        Assert.Equal((BookingState.Cancelled, BookingState.Cancelled), ((await app.BookingAsync(paid)).State, (await app.BookingAsync(invoiced)).State));
        Assert.Equal(11000, Assert.Single(await app.RefundsAsync(paid)).AmountPence);
        Assert.Equal(0, await app.PaidPenceAsync(paid));
        Assert.Equal((1, 2, 1), (await MailsAsync(paid, "date-cancelled"), await MailsAsync(paid, "your-place-cancelled"), await MailsAsync(paid, "refund-made")));
        Assert.Equal((1, 1), (await MailsAsync(invoiced, "date-cancelled"), await MailsAsync(invoiced, "your-place-cancelled")));
        Assert.Equal(1, await World.CountAsync("select count(*) from outgoing_emails where kind = 'waited-date-changed' and to_address = 'willa@school.example'"));
        Assert.Equal(0, await World.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run));
        Assert.Equal(1, await World.CountAsync("select count(*) from outgoing_emails where kind = 'invoices-to-check' and model ->> 'Url' like '%' || $1", $"{run}"));
        Assert.False((await app.PaymentAsync(paid)).NeedsAttention);
        await app.CheckAsync();
    }

    [Fact]
    [Trait("Suite", "Faults")]
    public async Task CancelDate_KilledAtEveryStepWith24People_TellsAllOnceAndRefundsAllOnce()
    {
        var run = await app.RunAsync(capacity: 24);
        var bookings = new List<Guid>();
        for (var i = 0; i < 8; i++)
        {
            bookings.Add(await PaidAsync(run, places: 3));
        }

        var before = await MailsOfAllAsync(bookings);
        var deaths = await Killed.AtEveryStepAsync(
            () => CancelAsync(run, offerOtherDates: false),
            async () => Assert.Equal((24, 24, before), (await World.PlacesTakenAsync(run), await World.LivePlacesAsync(run), await MailsOfAllAsync(bookings))));
        await Killed.AtEveryStepAsync(RunMoneyJobsAsync, () => Task.CompletedTask);

        Assert.True(deaths > 24, $"It died {deaths} times.");
        Assert.Equal(0, await World.LivePlacesAsync(run));
        foreach (var booking in bookings)
        {
            Assert.Equal((1, 3, 1), (await MailsAsync(booking, "date-cancelled"), await MailsAsync(booking, "your-place-cancelled"), await MailsAsync(booking, "refund-made")));
            Assert.Equal(16500, Assert.Single(await app.RefundsAsync(booking)).AmountPence);
        }

        Assert.Equal(1, await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Cancelled'", run));
        await app.CheckAsync();
    }

    [Fact]
    public async Task CancelDate_OrderOfTwoDates_KeepsTheOtherAndRefundsTheOne()
    {
        var (one, other) = (await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 4, days: 40));
        var order = await PayForAsync(await app.HeldAsync([one, other], "ola@school.example"));

        await CancelAsync(one, offerOtherDates: false);
        await RunMoneyJobsAsync();

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(order)).State);
        Assert.Equal((0, 1), (await World.LivePlacesAsync(one), await World.LivePlacesAsync(other)));
        Assert.Equal((5500, 5500), (Assert.Single(await app.RefundsAsync(order)).AmountPence, await app.PaidPenceAsync(order)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task ChooseDate_InTime_MovesThePlacesWithTheirMoney()
    {
        var (run, other) = (await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 4, days: 40));
        var booking = await PaidAsync(run, places: 2);
        await CancelAsync(run, offerOtherDates: true);
        await RunMoneyJobsAsync();
        Assert.Empty(await app.RefundsAsync(booking));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);

        Assert.Equal(ChooseDateResult.Moved, await ChooseAsync(booking, run, other));
        Assert.Equal(ChooseDateResult.NotOffered, await ChooseAsync(booking, run, other));
        app.Clock.Advance(CancelDate.ChooseFor + TimeSpan.FromHours(1));
        await RunMoneyJobsAsync();

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        Assert.Equal((0, 2, 2), (await World.PlacesTakenAsync(run), await World.PlacesTakenAsync(other), await World.LivePlacesAsync(other)));
        Assert.Empty(await app.RefundsAsync(booking));
        Assert.Equal((11000, 3), (await app.PaidPenceAsync(booking), await MailsAsync(booking, "date-moved")));
        await app.CheckAsync();
    }

    [Fact]
    public async Task ChooseDate_TooLate_IsRefusedAndTheMoneyGoesBack()
    {
        var (run, other) = (await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 4, days: 40));
        var booking = await PaidAsync(run, places: 1);
        await CancelAsync(run, offerOtherDates: true);
        app.Clock.Advance(CancelDate.ChooseFor + TimeSpan.FromHours(1));

        Assert.Equal(ChooseDateResult.NotOffered, await ChooseAsync(booking, run, other));
        await RunMoneyJobsAsync();

        Assert.Equal(5500, Assert.Single(await app.RefundsAsync(booking)).AmountPence);
        await app.CheckAsync();
    }

    [Fact]
    public async Task ChooseDate_NoRoomOrThereAlready_LeavesEverythingAsItWas()
    {
        var (run, full, same) = (await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 1, days: 40), await app.RunAsync(capacity: 4, days: 45));
        var booking = (await World.BookAsync(run, "two@school.example", "three@school.example")).Id;
        await World.BookAsync(same, "three@school.example");
        await CancelAsync(run, offerOtherDates: true);

        Assert.Equal(ChooseDateResult.Full, await ChooseAsync(booking, run, full));
        Assert.Equal(ChooseDateResult.AlreadyThere, await ChooseAsync(booking, run, same));

        await RunMoneyJobsAsync();

        Assert.Equal((0, 1), (await World.PlacesTakenAsync(full), await World.PlacesTakenAsync(same)));
        Assert.Equal(BookingState.Cancelled, (await app.BookingAsync(booking)).State);
    }

    [Fact]
    public async Task CancelDate_BookedAtTheSameTime_NobodyIsLeftOnIt()
    {
        var (run, place) = await WithOnePlaceAsync();

        await Gate.OvertakeAtRowAsync(app.Database, "places", place, () => CancelAsync(run, offerOtherDates: false), () => TryBookAsync(run));

        Assert.Equal((0, 0), (await World.PlacesTakenAsync(run), await World.LivePlacesAsync(run)));
    }

    /// <summary>The twin, which cancels what it read and holds nothing meanwhile: who books in between keeps a place on a cancelled date.</summary>
    [Fact]
    public async Task CancelDate_WithoutTheLockWhileItIsBooked_LeavesSomebodyOnIt()
    {
        var (run, place) = await WithOnePlaceAsync();

        await Gate.OvertakeAtRowAsync(
            app.Database, "places", place,
            () => Unguarded.WithoutRowLocksAsync(() => CancelAsync(run, offerOtherDates: false)),
            () => TryBookAsync(run));

        Assert.Equal(1, await World.LivePlacesAsync(run));
    }

    private async Task<Guid> PaidAsync(Guid run, int places) => await PayForAsync(await app.HeldAsync(run, places));

    private async Task<Guid> PayForAsync(Guid booking)
    {
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    private async Task<(Guid Run, Guid Place)> WithOnePlaceAsync()
    {
        var run = await app.RunAsync(capacity: 10);
        await World.BookAsync(run, $"{Guid.NewGuid():N}@early.example");
        return (run, await app.WithAsync<TrainingHubDb, Guid>(db => db.Places.Where(place => place.RunId == run).Select(place => place.Id).SingleAsync(Token)));
    }

    private Task<BookPlaceOutcome> TryBookAsync(Guid run) => World.BookPlace.RunAsync(World.Request(run, $"{Guid.NewGuid():N}@late.example"), Token);

    private async Task<CancelDateResult> CancelAsync(Guid run, bool offerOtherDates)
    {
        var by = new Actor(await app.StaffAsync(), "Cora Coordinator");
        var result = await app.WithAsync<CancelDate, CancelDateResult>(cancel => cancel.RunAsync(run, Reason, offerOtherDates, by, Token));
        app.Clock.Advance(UndoableAct.Hold);
        return result;
    }

    private Task<ChooseDateResult> ChooseAsync(Guid booking, Guid from, Guid to) =>
        app.WithAsync<ChooseDate, ChooseDateResult>(choose => choose.RunAsync(booking, from, to, Token));

    private async Task RunMoneyJobsAsync()
    {
        await app.RunJobAsync(nameof(RefundCancelledDates));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(SendRefunds));
        await app.RunJobAsync(nameof(IssueInvoices));
    }

    private async Task<int> MailsAsync(Guid booking, string kind) => await World.SentAsync((await app.BookingAsync(booking)).Reference, kind);

    private async Task<int> MailsOfAllAsync(IReadOnlyCollection<Guid> bookings)
    {
        var references = new List<string>();
        foreach (var booking in bookings)
        {
            references.Add((await app.BookingAsync(booking)).Reference);
        }

        return await World.CountAsync("select count(*) from outgoing_emails where about = any($1)", (object)references.ToArray());
    }
}
