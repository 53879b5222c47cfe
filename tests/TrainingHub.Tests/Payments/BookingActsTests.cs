using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What staff do about a booking that touches money: cancel, move to a cheaper date, take the payment over.</summary>
public sealed class BookingActsTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private BookingWorld World => app.World;

    [Fact]
    public async Task Cancel_OneOfTwoWithRefund_GivesItsPriceBackAndSaysSo()
    {
        var booking = await PaidAsync(await app.RunAsync(capacity: 4));
        var place = (await LivePlacesAsync(booking))[0];

        Assert.Equal(CancelPlacesResult.Changed, await CancelAsync(new(booking, place, CancelMoney.Refund, 9900, "Ill")));
        Assert.Equal(CancelPlacesResult.Cancelled, await CancelAsync(new(booking, place, CancelMoney.Refund, 5500, "Ill")));
        Assert.Equal(CancelPlacesResult.NothingToCancel, await CancelAsync(new(booking, place, CancelMoney.Refund, 5500, "Ill")));
        await RunMoneyJobsAsync();

        Assert.Single(await LivePlacesAsync(booking));
        Assert.Equal((5500, RefundState.Succeeded), (Assert.Single(await app.RefundsAsync(booking)) is var refund ? (refund.AmountPence, refund.State) : default));
        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        Assert.Contains("£55 goes back to the card", await MoneyOfAsync(booking, "place-cancelled"));
        Assert.Equal("Ill", await NoteOfAsync(booking, "Place cancelled"));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Cancel_AllAndKeepTheMoney_IsDecidedOnceAndForAll()
    {
        var booking = await PaidAsync(await app.RunAsync(capacity: 4));

        Assert.Equal(CancelPlacesResult.Cancelled, await CancelAsync(new(booking, null, CancelMoney.Keep, 11000, "Too late by the terms")));
        await RunMoneyJobsAsync();

        Assert.Equal(BookingState.Cancelled, (await app.BookingAsync(booking)).State);
        Assert.Empty(await app.RefundsAsync(booking));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        Assert.Contains("It is not paid back", await MoneyOfAsync(booking, "booking-cancelled"));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Cancel_DecideLater_ComesBeforeTheCoordinator()
    {
        var booking = await PaidAsync(await app.RunAsync(capacity: 4));

        await CancelAsync(new(booking, null, CancelMoney.Later, 11000, null));
        await RunMoneyJobsAsync();

        Assert.Equal(PaymentProblem.PlacesCancelled, (await app.PaymentAsync(booking)).Problem);
        Assert.Contains("What comes back is not decided yet", await MoneyOfAsync(booking, "booking-cancelled"));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Move_ToACheaperDate_GivesTheDifferenceBackAndADearerOneIsNotAsked()
    {
        var (from, cheaper, dearer) = (await app.RunAsync(capacity: 4), await RunForAsync(4000, 40), await RunForAsync(7000, 45));
        var booking = await PaidAsync(from);
        var place = (await LivePlacesAsync(booking))[0];

        Assert.Equal(MovePlaceResult.PriceChanged, await MoveAsync(new(booking, place, dearer, 7000, null)));
        Assert.Equal(MovePlaceResult.PriceChanged, await MoveAsync(new(booking, place, cheaper, 3000, null)));
        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(new(booking, place, cheaper, 4000, null)));
        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(new(booking, place, cheaper, 4000, null)));
        await RunMoneyJobsAsync();

        var refund = Assert.Single(await app.RefundsAsync(booking));
        Assert.Equal((1500, RefundReason.CheaperDate), (refund.AmountPence, refund.Reason));
        Assert.Equal((9500, 1), (await app.PaidPenceAsync(booking), await World.LivePlacesAsync(cheaper)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task TakeOver_AtTheDesk_ClosesTheCheckoutConfirmsAndCanBePaidBack()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        var taken = new DeskPayment(DeskWay.Cash, 11000, London.DateOf(app.Clock.GetUtcNow()).AddDays(-1), "Slip 12");

        Assert.Equal(RecordDeskPaymentResult.AmountDiffers, await RecordAsync(booking, taken with { Pence = 5000 }));
        Assert.Equal(RecordDeskPaymentResult.Recorded, await RecordAsync(booking, taken));
        Assert.Equal(RecordDeskPaymentResult.RecordedBefore, await RecordAsync(booking, taken));

        var after = await app.BookingAsync(booking);
        Assert.Equal((BookingState.Confirmed, PaymentMethod.Desk, "expired"), (after.State, after.PaymentMethod, app.StatusOf(checkout)));
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        Assert.Equal((1, 1), (await World.SentAsync(after.Reference, "booking-confirmed"), await World.SentAsync(after.Reference, "payment-received")));
        await RunMoneyJobsAsync();
        await app.AuditAsync();

        Assert.Equal(CancelPlacesResult.Changed, await CancelAsync(new(booking, (await LivePlacesAsync(booking))[0], CancelMoney.Later, 5500, null)));
        await CancelAsync(new(booking, (await LivePlacesAsync(booking))[0], CancelMoney.Refund, 5500, "Ill"));
        await RunMoneyJobsAsync();

        Assert.Equal((5500, RefundState.Succeeded), (Assert.Single(await app.RefundsAsync(booking)) is var refund ? (refund.AmountPence, refund.State) : default));
        Assert.Equal(5500, await app.PaidPenceAsync(booking));
        await app.AuditAsync();
    }

    [Fact]
    public async Task PayBackByHand_AfterTheDateWasCancelled_IsRecordedOnce()
    {
        var run = await app.RunAsync(capacity: 4);
        var booking = await app.HeldAsync(run);
        await RecordAsync(booking, new(DeskWay.Cash, 11000, London.DateOf(app.Clock.GetUtcNow()), null));
        var by = new Actor(await app.StaffAsync(), "Ann Coordinator");
        await app.WithAsync((CancelDate cancel) => cancel.RunAsync(run, "The trainer is ill.", offerOtherDates: false, by, Ct));
        await RunMoneyJobsAsync();

        Assert.False(await app.WithAsync((PayBackByHand payBack) => payBack.RunAsync(booking, 5500, by, Ct)));
        Assert.True(await app.WithAsync((PayBackByHand payBack) => payBack.RunAsync(booking, 11000, by, Ct)));
        Assert.False(await app.WithAsync((PayBackByHand payBack) => payBack.RunAsync(booking, 11000, by, Ct)));

        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Equal(1, await World.CountAsync("select count(*) from outgoing_emails where kind = 'invoices-to-check' and model ->> 'Url' like '%' || $1 and model::text like '%by hand%'", $"{run}"));
        await app.AuditAsync();
    }

    [Fact]
    public async Task Move_OfMoneyTakenByHandToACheaperDate_LeavesTheDifferenceToPayBackOnce()
    {
        var (from, cheaper) = (await app.RunAsync(capacity: 4), await RunForAsync(4000, 40));
        var booking = await app.HeldAsync(from);
        await RecordAsync(booking, new(DeskWay.Cash, 11000, London.DateOf(app.Clock.GetUtcNow()), null));
        var by = new Actor(await app.StaffAsync(), "Ann Coordinator");
        var places = await LivePlacesAsync(booking);

        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(new(booking, places[0], cheaper, 4000, null)));
        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(new(booking, places[1], cheaper, 4000, null)));
        await RunMoneyJobsAsync();
        Assert.Empty(await app.RefundsAsync(booking));
        Assert.True(await app.WithAsync((PayBackByHand payBack) => payBack.RunAsync(booking, 3000, by, Ct)));
        Assert.False(await app.WithAsync((PayBackByHand payBack) => payBack.RunAsync(booking, 3000, by, Ct)));

        Assert.Equal([(1500, RefundState.Succeeded), (1500, RefundState.Succeeded)], (await app.RefundsAsync(booking)).Select(refund => (refund.AmountPence, refund.State)));
        Assert.Equal(8000, await app.PaidPenceAsync(booking));
        await app.AuditAsync();
    }

    [Fact]
    public async Task MovePage_DearerDateAtItsPrice_IsRefusedWithTheTwoWaysThatWork()
    {
        var (from, _, dearer) = (await app.RunAsync(capacity: 4), await RunForAsync(4000, 40), await RunForAsync(7000, 45));
        var booking = await PaidAsync(from);
        var place = (await LivePlacesAsync(booking))[0];
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(BookingUrls.StaffMove((await app.BookingAsync(booking)).Reference, place));

        var refused = await form.SubmitAsync(fields => (fields["To"], fields["Price"]) = (dearer.ToString(), "New"));
        var kept = await refused.SubmitAsync(fields => fields["Price"] = "Kept");

        Assert.Equal(["That date costs £70, and £55 was paid. Nobody who has paid is asked for more. Keep the price, or cancel the place and book it anew"], refused.Errors);
        Assert.EndsWith($"/cancel?place={place}", (await refused.FollowAsync("cancel the place")).Address, StringComparison.Ordinal);
        Assert.Contains("£55, kept", kept.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MovePage_CourseHasBegun_SaysWhatToDoInstead()
    {
        var run = await app.RunAsync(capacity: 4, days: 1);
        var booking = await PaidAsync(run);
        var place = (await LivePlacesAsync(booking))[0];
        var startsAt = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run).Select(one => one.StartsAt).SingleAsync(Ct));
        app.Clock.Advance(startsAt - app.Clock.GetUtcNow() + TimeSpan.FromHours(1));

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(BookingUrls.StaffMove((await app.BookingAsync(booking)).Reference, place));

        Assert.Contains("mark them as absent there. Then book them on another date", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nobody is moved or swapped once a course has begun.", page.Main, StringComparison.Ordinal);
        Assert.Equal($"/staff/dates/{run}/register", (await page.FollowAsync("the register")).Address);
    }

    [Fact]
    public async Task Move_OfAnInvoicedPlaceToADearerDate_IsAskedForByAnotherInvoice()
    {
        var (from, dearer) = (await app.RunAsync(capacity: 4), await RunForAsync(7000, 45));
        var booking = await app.HeldAsync(from);
        await app.WithAsync((SwitchToInvoice change) => change.RunAsync(booking, "finance@school.example", null, Ct, Ann));
        await RunMoneyJobsAsync();
        Assert.Equal(MovePlaceResult.Moved, await MoveAsync(new(booking, (await LivePlacesAsync(booking))[0], dearer, 7000, null)));
        app.Clock.Advance(UndoableAct.Hold);

        await RunMoneyJobsAsync();
        await RunMoneyJobsAsync();

        var invoices = await app.WithAsync((TrainingHubDb db) => db.Invoices.AsNoTracking().Where(one => one.BookingId == booking).OrderBy(one => one.Number).ToListAsync(Ct));
        Assert.Equal([11000, 1500], invoices.Select(invoice => invoice.AmountPence));
        Assert.Equal([11000, 1500], invoices.Select(invoice => invoice.OpenPence));
        Assert.Equal(2, await World.SentAsync((await app.BookingAsync(booking)).Reference, "invoice-issued"));
        await app.AuditAsync();
    }

    [Fact]
    public async Task TakeOver_PaidByCardMeanwhile_TakesNothing()
    {
        var booking = await app.HeldAsync();
        app.Stripe.Pay(await app.CheckoutAsync(booking));

        Assert.Equal(RecordDeskPaymentResult.PaidByCard, await RecordAsync(booking, new(DeskWay.Cash, 11000, London.DateOf(app.Clock.GetUtcNow()), null)));

        Assert.Equal(11000, await app.PaidPenceAsync(booking));
        await app.CheckAsync();
    }

    [Fact]
    public async Task SendAgain_InvoiceAndReceipt_GoOutOnceWithLinksThatOpen()
    {
        var booking = await app.HeldAsync();
        await app.WithAsync((SwitchToInvoice change) => change.RunAsync(booking, "finance@school.example", null, Ct, Ann));
        await RunMoneyJobsAsync();
        var (reference, key) = ((await app.BookingAsync(booking)).Reference, Guid.CreateVersion7());

        Assert.True(await app.WithAsync((SendMoneyAgain again) => again.InvoiceAsync(booking, key, Ann, Ct)));
        Assert.True(await app.WithAsync((SendMoneyAgain again) => again.InvoiceAsync(booking, key, Ann, Ct)));
        Assert.False(await app.WithAsync((SendMoneyAgain again) => again.ReceiptAsync(booking, Guid.CreateVersion7(), Ann, Ct)));

        Assert.Equal(2, await World.SentAsync(reference, "invoice-issued"));
        Assert.Equal(2, await World.CountAsync("select count(*) from secret_links where purpose = 'invoice' and subject_id = $1", booking));
        Assert.Equal(1, await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Invoice sent again'", booking));
        Assert.Equal(1, await World.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Payment taken over by invoice'", booking));
        await app.AuditAsync();
    }

    private static readonly Actor Ann = new(Guid.Empty, "Ann Coordinator");

    private async Task<Guid> PaidAsync(Guid run)
    {
        var booking = await app.HeldAsync(run);
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    private async Task<Guid> RunForAsync(int pence, int days)
    {
        var run = await app.RunAsync(capacity: 4, days);
        await World.ExecuteAsync("update course_runs set fee_pence = $2 where id = $1", run, pence);
        return run;
    }

    private async Task<CancelPlacesResult> CancelAsync(CancelOrder order)
    {
        var by = new Actor(await app.StaffAsync(), "Ann Coordinator");
        var result = await app.WithAsync<CancelPlaces, CancelPlacesResult>(cancel => cancel.RunAsync(order, by, Ct));
        app.Clock.Advance(UndoableAct.Hold);
        return result;
    }

    private async Task<MovePlaceResult> MoveAsync(PlaceMove order)
    {
        var by = new Actor(await app.StaffAsync(), "Ann Coordinator");
        return await app.WithAsync<MovePaidPlace, MovePlaceResult>(move => move.RunAsync(order, by, Ct));
    }

    private Task<RecordDeskPaymentResult> RecordAsync(Guid booking, DeskPayment taken) =>
        app.WithAsync<RecordDeskPayment, RecordDeskPaymentResult>(record => record.RunAsync(booking, taken, Ann, Ct));

    private Task<List<Guid>> LivePlacesAsync(Guid booking) => app.WithAsync<TrainingHubDb, List<Guid>>(
        db => db.LivePlaces.Where(place => place.BookingId == booking).OrderBy(place => place.Id).Select(place => place.Id).ToListAsync(Ct));

    private async Task<string> MoneyOfAsync(Guid booking, string kind) => await World.TextAsync(
        "select model ->> 'Money' from outgoing_emails where about = $1 and kind = $2", (await app.BookingAsync(booking)).Reference, kind);

    private Task<string> NoteOfAsync(Guid booking, string act) =>
        World.TextAsync("select note from history_entries where record_id = $1 and act = $2", booking, act);

    private async Task RunMoneyJobsAsync()
    {
        await app.RunJobAsync(nameof(RefundCancelledDates));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(SendRefunds));
        await app.RunJobAsync(nameof(IssueInvoices));
    }
}
